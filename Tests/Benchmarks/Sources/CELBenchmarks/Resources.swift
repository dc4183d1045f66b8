/// What the benchmarks evaluate against.
enum Resources {
  /// About 400 bytes, as an application's API gives a user.
  static let user = """
    {"id":"00u1a2b3c4d5e6f7g8h9","status":"ACTIVE","created":"2021-03-04T05:06:07.000Z",\
    "lastLogin":"2024-05-06T07:08:09.000Z","mfa":true,"type":{"id":"otyfnjfba4ye7pgjB0g4"},\
    "profile":{"firstName":"Anna","lastName":"Lindgren","email":"anna.lindgren@contoso.com",\
    "login":"anna.lindgren@contoso.com","department":"Finance"},"roles":["READ_ONLY","REPORT"],\
    "failedLogins":2,"score":0.75}
    """

  /// Users that differ as a tenant's do: no processor learns them by heart.
  static let users: [[UInt8]] = {
    var state: UInt64 = 42
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let statuses = ["ACTIVE", "ACTIVE", "ACTIVE", "PROVISIONED", "SUSPENDED", "DEPROVISIONED"]
    let departments = ["Finance", "Engineering", "Sales", "Legal", "Support"]
    let roles = ["READ_ONLY", "REPORT", "HELP_DESK", "ADMIN_APP", "ADMIN_ORG"]
    return (0..<2_000).map { index in
      let names = (0..<next(4)).map { _ in "\"\(roles[next(5)])\"" }.joined(separator: ",")
      let manager = next(2) == 0 ? ",\"manager\":\"user\(next(100))@contoso.com\"" : ""
      let email = "user\(index)@\(next(8) == 0 ? "gmail" : "contoso").com"
      let text = """
        {"id":"00u\(next(1 << 30))\(next(1 << 20))","status":"\(statuses[next(6)])",\
        "created":"2021-03-04T05:06:07.000Z","lastLogin":"2024-0\(1 + next(9))-06T07:08:09.000Z",\
        "mfa":\(next(3) > 0),"type":{"id":"otyfnjfba4ye7pgjB0g4"},\
        "profile":{"firstName":"Anna","lastName":"Lindgren\(next(1000))","email":"\(email)",\
        "login":"\(email)","department":"\(departments[next(5)])"\(manager)},"roles":[\(names)],\
        "failedLogins":\(next(8)),"score":0.\(10 + next(90))}
        """
      return Array(text.utf8)
    }
  }()

  /// A policy with ten rules.
  static let policy: String = {
    let rules = (0..<10).map { index in
      """
      {"id":"rule\(index)","priority":\(index),"status":"ACTIVE","conditions":{"network":"ANYWHERE"},\
      "actions":{"session":{"maxIdleMinutes":\(15 * (index + 1)),"persistent":\(index == 9)}}}
      """
    }
    return """
      {"id":"00p1","name":"Default policy","status":"ACTIVE","rules":[\(rules.joined(separator: ","))]}
      """
  }()
}
