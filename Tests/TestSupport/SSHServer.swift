private import Foundation

/// An SSH server on the loopback interface that lets one key in, with a home folder for its client.
package final class SSHServer {
  package let port: Int
  /// The client's home: its `.ssh/known_hosts` knows the server.
  package let home: String
  /// The file of the key that is let in.
  package let key: String
  /// The name to log in with: whoever runs the tests.
  package let user = NSUserName()
  private let daemon: Daemon

  package static let isAvailable = ["/usr/sbin/sshd", "/usr/bin/ssh-keygen"].allSatisfy {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  package init(_ scratch: Scratch) throws {
    home = scratch.path + "/home"
    key = scratch.path + "/ssh/client"
    try scratch.makeFolder("ssh")
    for name in ["host", "client", "stranger"] {
      let made = try Run(
        "/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", name],
        in: scratch.path + "/ssh")
      guard made.status == 0 else { throw Scratch.Failure(description: made.error) }
    }
    let listener = try Self.freePort()
    port = listener
    // What sshd asks for when root runs it.
    if getuid() == 0 { mkdir("/run/sshd", 0o755) }
    try scratch.write(
      """
      ListenAddress 127.0.0.1
      Port \(listener)
      HostKey \(scratch.path)/ssh/host
      AuthorizedKeysFile \(scratch.path)/ssh/client.pub
      PasswordAuthentication no
      KbdInteractiveAuthentication no
      PermitRootLogin prohibit-password
      StrictModes no
      UsePAM no
      PidFile none

      """, to: "ssh/config")
    let hostKey = (scratch.read("ssh/host.pub") ?? "").split(separator: " ").prefix(2)
    try scratch.write(
      "[127.0.0.1]:\(port) \(hostKey.joined(separator: " "))\n", to: "home/.ssh/known_hosts")
    daemon = try Daemon(
      "/usr/sbin/sshd", ["-D", "-e", "-f", scratch.path + "/ssh/config"], output: 2,
      environment: Scratch.environment)
    guard daemon.firstLine.contains("listening") else {
      throw Scratch.Failure(description: "sshd did not start: \(daemon.firstLine)")
    }
  }

  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0
      }
    }
    guard bound else { throw Scratch.Failure(description: "no free port") }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
