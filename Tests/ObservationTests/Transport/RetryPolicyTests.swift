import Testing

@testable import Observation

@Suite("Retry policy")
struct RetryPolicyTests {
  @Test(
    "doubles up to the cap, between half and all of it",
    arguments: [
      (1, 0.0, 0.25), (1, 1.0, 0.5), (2, 0.0, 0.5), (3, 0.0, 1.0), (5, 1.0, 8.0),
    ])
  func backoff(attempt: Int, jitter: Double, delay: Double) {
    #expect(RetryPolicy().delay(after: attempt, asked: nil, jitter: jitter) == delay)
  }

  @Test("never waits less than was asked for, and not at all behind the last try")
  func asked() {
    #expect(RetryPolicy().delay(after: 1, asked: 42, jitter: 0) == 42)
    #expect(RetryPolicy().delay(after: 6, asked: nil, jitter: 0) == nil)
    #expect(RetryPolicy().delay(after: 1, asked: 1e9, jitter: 0) == nil)
  }

  @Test(
    "reads Retry-After",
    arguments: [
      ("120", 120.0), ("1.5", 1.5), ("-3", 0.0), ("Sun, 06 Nov 1994 08:49:47 GMT", 10.0),
      ("Sun, 06 Nov 1994 08:49:30 GMT", 0.0),
    ])
  func retryAfter(text: String, seconds: Double) {
    let response = APIResponse(
      status: 429, headers: [.init("Retry-After", text)], body: [])
    #expect(RateLimitReading.retryAfter(response, now: 784_111_777) == seconds)
  }

  @Test(
    "takes nonsense in Retry-After for nothing", arguments: ["", "soon", "nan", "inf", "1 Jan"])
  func nonsense(text: String) {
    let response = APIResponse(
      status: 429, headers: [.init("Retry-After", text)], body: [])
    #expect(RateLimitReading.retryAfter(response, now: 0) == nil)
  }
}
