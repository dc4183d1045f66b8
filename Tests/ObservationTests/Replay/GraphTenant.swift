import Foundation
import JSON
import TestSupport

/// The Entra part of a ScubaGear export, as Microsoft Graph would answer for the same tenant: names in Graph's letter
/// case, lists in pages, roles and privileged people behind the requests that Graph has for them.
struct GraphTenant: Sendable {
  let export: JSONValue

  /// Privileged people who hold their roles through this group only.
  private static let group = "99999999-0000-4000-8000-000000000099"
  private static let pageSize = 2

  /// The answer to a request; what an application was not permitted is refused.
  func answer(to request: VendorServer.Request) -> VendorServer.Answer {
    if request.path.hasSuffix("/oauth2/v2.0/token") {
      return .json(#"{"access_token":"t-0123456789","expires_in":3599}"#)
    }
    let path = request.path.removingPercentEncoding ?? request.path
    if let object = object(at: path) {
      return .json(String(decoding: object.bytes(), as: UTF8.self))
    }
    let filter = request.query["$filter"]?.removingPercentEncoding ?? ""
    guard let items = list(at: path, filter: filter) else {
      return .json(
        #"{"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges"}}"#,
        status: 403)
    }
    let start = request.query["$skiptoken"].flatMap(Int.init) ?? 0
    let rest = items.dropFirst(start)
    var page: [(String, JSONValue)] = [("value", .array(Array(rest.prefix(Self.pageSize))))]
    if rest.count > Self.pageSize {
      let query =
        request.target.split(separator: "?").dropFirst().first?.split(separator: "&") ?? []
      let others = query.filter { !$0.hasPrefix("$skiptoken") }.map(String.init)
      let link = (others + ["$skiptoken=\(start + Self.pageSize)"]).joined(separator: "&")
      page.append(
        ("@odata.nextLink", .string("https://graph.microsoft.com\(request.path)?\(link)")))
    }
    return .json(String(decoding: JSONValue.object(page).bytes(), as: UTF8.self))
  }

  // MARK: What the export has

  private func exported(_ key: String) -> [JSONValue] {
    (export[key]?.array ?? export[key].map { [$0] } ?? []).filter { $0 != .null }
  }

  private var people: [(id: String, person: JSONValue)] {
    export["privileged_users"]?.object?.map { (id: $0.0, person: $0.1) } ?? []
  }

  private func roles(of person: JSONValue) -> [String] {
    person["roles"]?.array?.compactMap(\.string) ?? person["roles"]?.string.map { [$0] } ?? []
  }

  private func roleID(_ name: String) -> JSONValue {
    exported("privileged_roles").first { $0["DisplayName"]?.string == name }?["RoleTemplateId"]
      ?? .null
  }

  // MARK: Requests

  private func object(at path: String) -> JSONValue? {
    switch path {
    case "/beta/policies/authenticationMethodsPolicy":
      guard let method = exported("authentication_method").first,
        case .object(var members)? = method["authentication_method_policy"]?.camelCased
      else { return nil }
      members.removeAll { $0.0 == "authenticationMethodConfigurations" }
      members.append(
        (
          "authenticationMethodConfigurations",
          method["authentication_method_feature_settings"]?.camelCased ?? []
        ))
      return .object(members)
    case "/beta/policies/defaultAppManagementPolicy":
      return exported("default_app_management_policy").first?.camelCased
    default:
      guard path.hasPrefix("/v1.0/users/"), path.split(separator: "/").count == 3,
        let (id, person) = people.first(where: { path.hasSuffix($0.id) })
      else { return nil }
      return [
        "id": .string(id), "displayName": person["DisplayName"] ?? .null, "accountEnabled": true,
        "onPremisesImmutableId": person["OnPremisesImmutableId"] ?? .null,
      ]
    }
  }

  private func list(at path: String, filter: String) -> [JSONValue]? {
    switch path {
    case "/v1.0/organization": return exported("tenant_id").map { ["id": $0] }
    case "/beta/identity/conditionalAccess/policies":
      return camelCased("conditional_access_policies")
    case "/beta/policies/authorizationPolicy": return camelCased("authorization_policies")
    case "/beta/settings": return camelCased("directory_settings")
    case "/v1.0/domains": return camelCased("domain_settings")
    case "/beta/policies/appManagementPolicies": return camelCased("app_management_policies")
    // The export's custom policies have no applications.
    case _ where path.hasPrefix("/beta/policies/appManagementPolicies/"): return []
    case "/v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')/delegatedPermissionClassifications":
      return exported("risky_delegated_permission_classifications").map { _ in
        ["id": "1", "classification": "low", "permissionName": "Mail.ReadWrite"]
      } + [["id": "2", "classification": "low", "permissionName": "openid"]]
    case "/v1.0/subscribedSkus":
      let plans = camelCased("service_plans").map { plan -> JSONValue in
        .object(
          (plan.object ?? []).filter { $0.0 != "provisioningStatus" } + [
            ("provisioningStatus", "Success")
          ])
      }
      let off: JSONValue = [
        "servicePlanId": "0", "servicePlanName": "AAD_PREMIUM_P2", "provisioningStatus": "Disabled",
      ]
      return [["servicePlans": .array(plans)], ["servicePlans": .array(plans.prefix(1) + [off])]]
    case "/v1.0/directoryRoleTemplates":
      return exported("privileged_roles").map {
        ["id": $0["RoleTemplateId"] ?? .null, "displayName": $0["DisplayName"] ?? .null]
      } + [["id": "4a5d8f65-41da-4de4-8968-e035b65339cf", "displayName": "Reports Reader"]]
    case "/v1.0/roleManagement/directory/roleAssignmentScheduleInstances":
      return role(in: filter)?["Assignments"]?.camelCased.array ?? []
    case "/v1.0/policies/roleManagementPolicyAssignments":
      return [["policy": ["rules": role(in: filter)?["Rules"]?.camelCased ?? []]]]
    default: return membership(at: path, filter: filter)
    }
  }

  private func camelCased(_ key: String) -> [JSONValue] { exported(key).map(\.camelCased) }

  private func role(in filter: String) -> JSONValue? {
    exported("privileged_roles").first { $0["RoleTemplateId"]?.string.map(filter.contains) == true }
  }

  // MARK: Who holds which role

  /// The first role of each person is active, through a group for every third of them; the others are eligible.
  private func membership(at path: String, filter: String) -> [JSONValue]? {
    let parts = path.split(separator: "/").map(String.init)
    switch path {
    case "/beta/roleManagement/directory/roleAssignments":
      let direct = people.enumerated().filter { $0.offset % 3 != 2 }.map { entry in
        holding(roles(of: entry.element.person).first ?? "", entry.element.id, type: "user")
      }
      return direct + [
        holding("Global Administrator", Self.group, type: "group"),
        [
          "roleDefinitionId": "4a5d8f65",
          "principal": ["id": "x", "@odata.type": "#microsoft.graph.user"],
        ],
      ]
    case "/beta/roleManagement/directory/roleEligibilityScheduleInstances":
      return people.flatMap { id, person in
        roles(of: person).dropFirst().map { holding($0, id, type: "user") }
      }
    case "/v1.0/groups/\(Self.group)/transitiveMembers/microsoft.graph.user":
      return people.enumerated().filter { $0.offset % 3 == 2 }.map {
        ["id": .string($0.element.id)]
      }
    case "/v1.0/roleManagement/directory/roleEligibilityScheduleInstances":
      return people.first { filter.contains($0.id) }.map { _, person in
        roles(of: person).dropFirst().map { ["roleDefinition": ["displayName": .string($0)]] }
      }
    default:
      guard parts.count == 5, parts[3] == "transitiveMemberOf" else { return nil }
      return people.first { $0.id == parts[2] }.map { _, person in
        roles(of: person).prefix(1).map { ["displayName": .string($0)] }
      }
    }
  }

  private func holding(_ role: String, _ id: String, type: String) -> JSONValue {
    [
      "roleDefinitionId": roleID(role),
      "principal": ["id": .string(id), "@odata.type": .string("#microsoft.graph.\(type)")],
    ]
  }
}

extension JSONValue {
  /// `DisplayName` → `displayName`, at every depth.
  fileprivate var camelCased: JSONValue {
    switch self {
    case .object(let members):
      .object(members.map { ($0.0.prefix(1).lowercased() + $0.0.dropFirst(), $0.1.camelCased) })
    case .array(let elements): .array(elements.map(\.camelCased))
    default: self
    }
  }
}
