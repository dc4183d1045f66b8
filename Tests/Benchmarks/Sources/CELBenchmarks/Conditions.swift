/// Conditions as recommendations have them.
struct Condition {
  let name: String
  let source: String

  /// Over ``Resources/user``.
  static let user = [
    Condition(name: "bool field", source: "resource.mfa == true"),
    Condition(name: "string field", source: #"resource.status == "ACTIVE""#),
    Condition(
      name: "in list", source: #"resource.status in ["ACTIVE", "PROVISIONED", "RECOVERY"]"#),
    Condition(name: "nested field", source: #"resource.profile.department != "Engineering""#),
    Condition(name: "has", source: "has(resource.profile.manager)"),
    Condition(name: "int against parameter", source: "resource.failedLogins <= parameters.maximum"),
    Condition(name: "endsWith", source: #"resource.profile.email.endsWith("@contoso.com")"#),
    Condition(
      name: "exists over roles", source: #"resource.roles.exists(r, r.startsWith("ADMIN"))"#),
    Condition(
      name: "and of three",
      source: #"resource.mfa && resource.status == "ACTIVE" && resource.score > 0.5"#),
    Condition(name: "size", source: "size(resource.roles) < 5"),
  ]

  /// The goal of 1,800,000 evaluations a second.
  static let goal = Condition(
    name: "goal",
    source: """
      resource.mfa == true && resource.status in ["ACTIVE","PROVISIONED"] \
      && size(resource.roles.filter(r, r.startsWith("ADMIN"))) == 0
      """)

  /// Costlier ones.
  static let others = [
    Condition(
      name: "matches", source: #"resource.profile.email.matches("^[a-z.]+@contoso\\.com$")"#),
    Condition(
      name: "timestamp", source: #"now - timestamp(resource.lastLogin) < duration("2160h")"#),
    Condition(
      name: "lowerAscii", source: #"resource.profile.department.lowerAscii() == "finance""#),
    Condition(name: "optional", source: #"resource.?profile.?manager.orValue("") == """#),
    Condition(
      name: "map", source: #"resource.roles.map(r, r + "!").size() == 2"#),
    Condition(name: "missing field", source: #"resource.nothing == 1 || resource.mfa"#),
    Condition(name: "function", source: #"isActive(resource)"#),
  ]

  /// Over ``Resources/policy``.
  static let policy = [
    Condition(
      name: "all over 10",
      source: "resource.rules.all(r, r.actions.session.maxIdleMinutes <= 150)"),
    Condition(
      name: "exists over 10", source: "resource.rules.exists(r, r.actions.session.persistent)"),
  ]
}
