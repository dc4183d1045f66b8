/// One HTTP request.
package struct APIRequest: Sendable, Hashable {
  /// In upper case: `GET`.
  package var method: String
  /// Where it goes.
  package var address: Address
  /// In the order in which they are sent.
  package var headers: [Header]
  /// Nil sends none.
  package var body: [UInt8]?

  /// A header of a request or an answer.
  package struct Header: Sendable, Hashable {
    /// Case does not count.
    package let name: String
    /// The text behind the colon.
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(
    method: String = "GET", address: Address, headers: [Header] = [], body: [UInt8]? = nil
  ) {
    self.method = method
    self.address = address
    self.headers = headers
    self.body = body
  }
}

/// One HTTP answer, read whole.
package struct APIResponse: Sendable {
  /// The status code: 200.
  package let status: Int
  /// In the order in which they came.
  package let headers: [APIRequest.Header]
  /// After decompression; empty where the answer has none.
  package let body: [UInt8]

  package init(status: Int, headers: [APIRequest.Header], body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The first header of that name, whatever its case.
  package func header(_ name: String) -> String? {
    headers.first { $0.name.isSameHeader(as: name) }?.value
  }

  /// Every header of that name in order.
  package func allHeaders(_ name: String) -> [String] {
    headers.filter { $0.name.isSameHeader(as: name) }.map(\.value)
  }
}

extension String {
  /// Whether two header names are the same, which are of ASCII (RFC 9110, 5.1).
  fileprivate func isSameHeader(as other: String) -> Bool {
    utf8.count == other.utf8.count
      && zip(utf8, other.utf8).allSatisfy { $0 == $1 || Self.lower($0) == Self.lower($1) }
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }
}

/// Sends requests: over the network, or from a recording.
package protocol Transport: Sendable {
  /// Sends one request, follows no redirect, reads the body as far as the bounds allow.
  func send(_ request: APIRequest, bounds: ResponseBounds) async throws(TransportFault)
    -> APIResponse
}

/// How much of an answer is read, and for how long.
package struct ResponseBounds: Sendable {
  /// Bytes of the body after decompression.
  package let size: Int
  /// When reading ends, in the pace's seconds since 1970.
  package let deadline: Double

  package init(size: Int, deadline: Double) {
    self.size = size
    self.deadline = deadline
  }
}

/// Why no whole answer came.
package struct TransportFault: Error, Sendable, Hashable {
  /// What kept the answer from coming.
  package enum Kind: Sendable, Hashable {
    /// The connection could not be made, or broke: worth another try.
    case connection
    /// The server's certificate is not trusted.
    case trust
    /// The proxy does not let the request through.
    case proxy
    /// The answer is longer than the limit.
    case size
    /// The answer took too long.
    case time
    /// The task was cancelled.
    case cancelled
  }

  /// What kept it.
  package let kind: Kind
  /// The same in words: `idp.contoso.com closed the connection`.
  package let message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }
}
