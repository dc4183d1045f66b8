"""Takes what Plumb sends, on the loopback interface: writes each request as a line of JSON, the headers in lower case.

Usage: receiver.py PORT_FILE LOG [STATUS...]: answers the statuses one after the other, then 200.
"""

import base64
import http.server
import json
import os
import sys


class Receiver(http.server.BaseHTTPRequestHandler):
    statuses = []
    log = None

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        status = Receiver.statuses.pop(0) if Receiver.statuses else 200
        line = {
            "path": self.path,
            "status": status,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": base64.b64encode(body).decode(),
        }
        with open(Receiver.log, "a") as file:
            file.write(json.dumps(line) + "\n")
        self.send_response(status)
        if status in (301, 302, 307, 308):
            self.send_header("location", f"http://127.0.0.1:{self.server.server_port}/elsewhere")
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    Receiver.log = sys.argv[2]
    Receiver.statuses = [int(status) for status in sys.argv[3:]]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    with open(sys.argv[1] + ".new", "w") as file:
        file.write(str(server.server_port))
    os.rename(sys.argv[1] + ".new", sys.argv[1])
    server.serve_forever()
