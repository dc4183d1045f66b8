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
