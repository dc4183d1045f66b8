import Posture
import TestSupport
import Testing

@testable import Observation

/// Sending over real sockets, in a time that passes only when somebody waits.
///
/// A busy machine may lose a connection, after which asking again is right: how often a receiver is asked is no more than hinted at by
/// what it got. The last fault tells: what is tried again ends with the number of tries.
@Suite("Sending notifications")
struct NotificationSenderTests {
  private static func send(
    _ channel: (VendorServer) -> String = { "\($0.origin)/hook" },
    _ answer: @escaping @Sendable (VendorServer.Request, Int) -> VendorServer.Answer
  ) async throws -> (fault: Fault?, requests: [VendorServer.Request], pace: TestPace) {
    try await VendorServer.serve(answer) { server in
      let pace = TestPace()
      var options = ObserverOptions(store: nil)
      options.pace = pace
      let channel = try NotificationChannel(
        "any",
        environment: [
          "PLUMB_NOTIFY_ANY_URL": channel(server),
          "PLUMB_NOTIFY_ANY_SECRET":
            "\(NotificationChannelTests.secret) whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
        ])
      let fault = await NotificationSender(options).send(id: "msg_1", to: channel) { _ in
        Array("{}".utf8)
      }
      return (fault, server.requests, pace)
    }
  }

  private static let taken = VendorServer.Answer.answer(status: 202, headers: [], body: [])

  @Test("a message is signed with each key")
  func delivered() async throws {
    let sent = try await Self.send { _, _ in Self.taken }
    #expect(sent.fault == nil)
    let request = try #require(sent.requests.first)
    #expect(request.method == "POST" && request.path == "/hook")
    #expect(request.header("content-type") == "application/cloudevents+json")
    #expect(request.header("webhook-id") == "msg_1")
    let timestamp = try #require(request.header("webhook-timestamp").flatMap(Int.init))
    #expect(timestamp == 1_780_000_000)
    let keys = [NotificationChannelTests.secret, "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"]
    #expect(
      request.header("webhook-signature")?.split(separator: " ").map(String.init)
        == keys.compactMap {
          WebhookKey($0)?.signature(id: "msg_1", timestamp: timestamp, body: request.body)
        })
  }

  @Test("is sent again while the receiver asks for patience: the same message, signed anew")
  func again() async throws {
    let sent = try await Self.send { _, index in
      switch index {
      case 0: .answer(status: 503, headers: [("retry-after", "7")], body: [])
      case 1: .reset
      default: Self.taken
      }
    }
    #expect(sent.fault == nil)
    #expect(sent.requests.count >= 3)
    #expect(Set(sent.requests.map { $0.header("webhook-id") }) == ["msg_1"])
    #expect(Set(sent.requests.map { $0.header("webhook-timestamp") }).count >= 2)
    #expect(sent.pace.slept.first == 7)
  }

  @Test("tries are counted, and end")
  func bounded() async throws {
    let sent = try await Self.send { _, _ in .answer(status: 500, headers: [], body: []) }
    #expect(sent.fault?.code == .unreachable)
    #expect(sent.fault?.detail.hasSuffix("answered 500, 4 times") == true)
    let patient = try await Self.send { _, _ in
      .answer(status: 429, headers: [("retry-after", "3600")], body: [])
    }
    #expect(patient.fault?.code == .unreachable)
    #expect(patient.pace.slept.allSatisfy { $0 <= NotificationSender.retry.cap })
    // Each try within bounds, and all of them too.
    let slow = try await Self.send { _, _ in
      .answer(status: 429, headers: [("retry-after", "60")], body: [])
    }
    #expect(slow.pace.slept.filter { $0 >= 60 }.count == 1)
    #expect(slow.pace.slept.reduce(0, +) < NotificationSender.totalTime)
  }

  @Test("a redirect is not followed, and a refusal not repeated")
  func refused() async throws {
    let moved = try await Self.send { _, _ in
      .answer(status: 307, headers: [("location", "/elsewhere")], body: [])
    }
    #expect(Set(moved.requests.map(\.path)) == ["/hook"])
    #expect(
      moved.fault?.detail.hasSuffix("answered 307, a redirect, which is not followed") == true)
    let refused = try await Self.send { _, _ in
      .answer(status: 400, headers: [], body: Array("invalid_blocks".utf8))
    }
    #expect(refused.fault?.detail.hasSuffix("answered 400: invalid_blocks") == true)
    let hostile = try await Self.send { _, _ in
      .answer(status: 400, headers: [], body: Array("\u{1B}[31mred".utf8))
    }
    #expect(hostile.fault?.detail.hasSuffix("answered 400") == true)
  }

  @Test("of an answer no more than its beginning is read")
  func large() async throws {
    let sent = try await Self.send { _, _ in
      .endless(chunk: Array(repeating: 65, count: 65_536), times: 100)
    }
    #expect(sent.fault?.code == .malformed)
  }
}
