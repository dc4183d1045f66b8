private import Foundation

/// Repositories of a folder over HTTP, served by git's own `http-backend` behind a small server in
/// Python that asks for a password and keeps what it was asked.
package final class GitServer {
  package let port: Int
  private let daemon: Daemon
  private let log: String

  package static let isAvailable = [
    "/usr/bin/env", "/usr/lib/git-core/git-http-backend", "/usr/bin/openssl",
  ].allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }

  /// - Parameters:
  ///   - scratch: Where it keeps what it was asked.
  ///   - folder: Absolute, or relative to the scratch folder.
  ///   - password: `name:token`; nil asks for none.
  ///   - certificate: A file with certificate and key, for HTTPS.
  ///   - beforePush: A command for the shell, run once: when the first push has been announced,
  ///     before it is taken.
  package init(
    _ scratch: Scratch, serving folder: String, password: String? = nil,
    certificate: String? = nil, beforePush: String? = nil
  ) throws {
    log = scratch.path + "/requests-\(UUID().uuidString)"
    let expected = password.map { "Basic " + Data($0.utf8).base64EncodedString() } ?? ""
    let program = """
      import base64, http.server, os, ssl, subprocess, sys
      root, log, expected, certificate, before = sys.argv[1:6]
      log = open(log, 'a', buffering=1)
      class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = 'HTTP/1.1'
        def log_message(self, *a): pass
        def body(self):
          if self.headers.get('Transfer-Encoding') != 'chunked':
            return self.rfile.read(int(self.headers.get('Content-Length') or 0))
          data = b''
          while True:
            size = int(self.rfile.readline(), 16)
            data += self.rfile.read(size); self.rfile.readline()
            if size == 0: return data
        def answer(self, status, headers, body):
          self.send_response(status)
          for name, value in headers: self.send_header(name, value)
          self.send_header('Content-Length', str(len(body))); self.end_headers()
          self.wfile.write(body)
        def serve(self):
          global before
          body = self.body()
          authorization = self.headers.get('Authorization')
          path, _, query = self.path.partition('?')
          log.write(f"{self.command} {self.path} {authorization}\\n")
          if expected and authorization != expected:
            return self.answer(401, [('WWW-Authenticate', 'Basic realm="git"')], b'')
          if self.command == 'POST' and path.endswith('git-receive-pack') and before:
            command, before = before, ''
            subprocess.run(command, shell=True, check=True)
          env = dict(os.environ, GIT_PROJECT_ROOT=root, GIT_HTTP_EXPORT_ALL='1', PATH_INFO=path,
            QUERY_STRING=query, REQUEST_METHOD=self.command, REMOTE_USER='ada',
            REMOTE_ADDR='127.0.0.1', CONTENT_TYPE=self.headers.get('Content-Type') or '',
            CONTENT_LENGTH=str(len(body)))
          out = subprocess.run(['/usr/lib/git-core/git-http-backend'], input=body, env=env,
            stdout=subprocess.PIPE).stdout
          head, _, content = out.partition(b'\\r\\n\\r\\n')
          status, headers = 200, []
          for line in head.decode().split('\\r\\n'):
            name, _, value = line.partition(': ')
            if name == 'Status': status = int(value.split()[0])
            else: headers.append((name, value))
          self.answer(status, headers, content)
        do_GET = serve
        do_POST = serve
      server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
      if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
      print(server.server_address[1], flush=True)
      server.serve_forever()
      """
    daemon = try Daemon(
      "/usr/bin/env",
      [
        "python3", "-c", program, folder.hasPrefix("/") ? folder : "\(scratch.path)/\(folder)", log,
        expected, certificate ?? "",
        beforePush ?? "",
      ], environment: Scratch.environment)
    guard let port = Int(daemon.firstLine) else {
      throw Scratch.Failure(description: "the git server did not start: \(daemon.firstLine)")
    }
    self.port = port
  }

  /// Goes off the network.
  package func stop() { daemon.stop() }

  /// `GET /x.git/info/refs?service=git-upload-pack Basic …`, in order.
  package var requests: [String] {
    let data = FileManager.default.contents(atPath: log) ?? Data()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}

extension Scratch {
  /// A certificate for `localhost` that nobody vouches for.
  ///
  /// - Returns: Paths of the certificate, and of the certificate with its key.
  package func makeCertificate() throws -> (certificate: String, both: String) {
    try makeFolder("tls")
    let made = try Run(
      "/usr/bin/env",
      [
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out",
        "cert.pem", "-days", "2", "-subj", "/CN=localhost", "-addext",
        "subjectAltName=DNS:localhost",
      ], in: "\(path)/tls", environment: Self.environment)
    guard made.status == 0, let certificate = read("tls/cert.pem"), let key = read("tls/key.pem")
    else { throw Failure(description: made.error) }
    try write(certificate + key, to: "tls/both.pem")
    return ("\(path)/tls/cert.pem", "\(path)/tls/both.pem")
  }
}
