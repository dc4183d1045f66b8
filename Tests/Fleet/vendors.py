"""Four vendors on one loopback address: each tenant has its own token, and its own answers. Writes its port to a file."""

import hashlib
import json
import os
import re
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Vendor(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        time.sleep(0.02)
        token = re.fullmatch(r"Bearer token-of-([a-z]+-\d+)-0123456789", self.headers.get("authorization", ""))
        status, body = (200, answer(token.group(1), self.path)) if token else (401, {"message": "Who are you?"})
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def answer(name, path):
    number = int(hashlib.sha256(name.encode()).hexdigest(), 16)
    if path.endswith("/users"):
        return [{"id": f"user-{place}", "mfa": number >> place & 3 != 0} for place in range(number % 40 + 1)]
    return [{"id": "default", "idle": number % 60}]


class Server(ThreadingHTTPServer):
    # Whoever is killed says no goodbye.
    def handle_error(self, *_):
        pass


if __name__ == "__main__":
    server = Server(("127.0.0.1", 0), Vendor)
    with open(sys.argv[1] + ".new", "w") as file:
        file.write(str(server.server_port))
    os.rename(sys.argv[1] + ".new", sys.argv[1])
    server.serve_forever()
