internal import YAML

/// How an app is read: the longest of the kinds.
extension KindFields {
  static let connector: [FieldShape] = [
    .required("displayName", .text, "The app's name for people."),
    .optional("documentation", .text, "Where the vendor describes the API."),
    .optional("setup", .text, "How to make the credential: Markdown."),
    .optional(
      "parameters",
      .entries(
        .object([
          .required("description", .text, "What it is."),
          .optional("pattern", .text, "The regular expression that a whole value matches."),
          .optional("default", .text, "The value when an instance gives none."),
          .optional("example", .text, "A value, for documentation."),
          .optional(
            "derived",
            .object([
              .required("from", .text, "The parameter that it is made of."),
              .required(
                "appendToFirstLabel", .text, "What is written behind the first label of the host."),
            ]), "How it is made of another parameter."),
        ])), "What an instance says in source.api.parameters."),
    .optional(
      "credentials",
      .entries(
        .object([
          .required("description", .text, "What it is."),
          .optional("secret", .boolean, "Whether it is kept out of every output; true by default."),
        ])), "What the environment or a credentials file gives, never the desired state."),
    .optional(
      "hosts", .list(.text), "The hosts that credentials may go to: a.example, *.a.example."),
    .optional(
      "baseURL", .pattern("^https://.*[^/]$", "an https address"),
      "What paths of requests are below."),
    .optional("headers", .entries(.string), "Headers of every request."),
    .optional(
      "authentication", .list(authentication), "Ways to authenticate, the first that fits."),
    .optional("pagination", pagination, "How lists go on; none by default."),
    .optional(
      "rateLimit",
      .object([
        .required("remaining", .text, "The header with the requests that are left."),
        .required("reset", .text, "The header with the time from which there are more."),
        .optional(
          "unit", .choice(["epoch", "seconds", "time"]),
          "How that time is written; epoch by default."
        ),
      ]), "The headers that tell of rate limits."),
    .optional("concurrency", .integer(1...32), "Requests at a time; 4 by default."),
    .optional("errors", .list(errorRule), "What error responses mean."),
    .optional("redact", .list(.text), "Paths of fields that are never stored."),
    .optional("grantsHeader", .text, "The header that lists what the credential may do."),
    .optional("collections", .entries(collection), "The collections by the vendor's names."),
  ]

  private static let pagination: Shape = .either([
    .choice(["none", "link", "odata"]),
    .object(
      [
        .optional("next", .text, "JSON pointer to the next page's address."),
        .optional(
          "cursor",
          .object([
            .required("parameter", .text, "Where the cursor is sent."),
            .required("from", .text, "JSON pointer to the cursor."),
            .optional(
              "place", .choice(["query", "body"]), "Where the parameter is; query by default."),
            .optional("more", .text, "JSON pointer to whether there is more."),
            .optional("continueAt", .string, "The path of later pages."),
          ]), "A cursor that each page hands on."),
        .optional(
          "offset",
          .object([
            .required("parameter", .text, "Where the offset is sent."),
            .required("sizeParameter", .text, "Where the page's size is sent."),
            .required("size", .integer(1...10_000), "The page's size."),
            .optional("totalHeader", .text, "The header with the number of all."),
            .optional(
              "totalPointer", .text,
              "JSON pointer to the number of all, a number or a text; without it the answer is no page."
            ),
            .optional(
              "advance", .choice(["size", "received"]),
              "Whether the next page begins behind the items asked for, or behind those that came: received where the vendor may send fewer than asked for, and with totalPointer; size by default."
            ),
          ]), "An offset into the list."),
        .optional(
          "page",
          .object([
            .required("parameter", .text, "Where the page's number is sent."),
            .required("sizeParameter", .text, "Where the page's size is sent."),
            .required("size", .integer(1...10_000), "The page's size."),
            .optional("first", .integer(0...1), "The first page's number; 1 by default."),
          ]), "Numbered pages."),
      ], rules: [.exactlyOne(["next", "cursor", "offset", "page"])]),
  ])

  private static let basic: Shape = .object([
    .required("user", .string, "The user; names in braces are credentials and parameters."),
    .required("password", .string, "The password."),
  ])

  private static let authentication: Shape = .object(
    [
      .required("name", .text, "How messages name it."),
      .optional(
        "header",
        .object([
          .required("value", .string, "What is sent, such as Bearer {token}."),
          .optional("name", .text, "The header; Authorization by default."),
        ]), "A header with every request."),
      .optional("basic", basic, "User and password with every request."),
      .optional(
        "token",
        .object([
          .required("url", .https, "Where a token is asked for."),
          .optional("basic", basic, "User and password of that request."),
          .optional("headers", .entries(.string), "Headers of that request."),
          .optional("form", .entries(.string), "Fields of that request, as a form."),
          .optional(
            "json", .entries(.string), "Fields of that request, as JSON, where no form is taken."),
          .optional("assertion", assertion, "A signed JSON Web Token for that request."),
          .optional("tokenAt", .text, "JSON pointer to the token."),
          .optional("expiresAt", .text, "JSON pointer to its lifetime in seconds."),
          .optional(
            "grantsAt", .text,
            "JSON pointer to what it is for: names in one text, or an object of names and levels; /scope by default."
          ),
          .optional(
            "grantNames", .entries(.string),
            "What the connector calls permissions that the answer calls otherwise, such as 'members: read'."
          ),
          .optional(
            "header", .text, "The header that carries the token; Authorization by default."),
          .optional("value", .string, "What is sent; Bearer {token} by default."),
        ]), "A token that is asked for first."),
    ], rules: [.exactlyOne(["header", "basic", "token"])])

  private static let assertion: Shape = .object([
    .required("key", .string, "The private key."),
    .required("issuer", .string, "The claim iss."),
    .optional("algorithm", .choice(["RS256", "ES256", "PS256"]), "RS256 by default."),
    .optional("keyID", .string, "The header kid."),
    .optional("certificate", .string, "The certificate that the header's thumbprint is of."),
    .optional("subject", .string, "The claim sub."),
    .optional("audience", .string, "The claim aud."),
    .optional("lifetime", .timespan, "How long it holds; 5m by default."),
    .optional("claims", .entries(.string), "Other claims."),
  ])

  private static let errorRule: Shape = .object(
    [
      .required("status", .integer(200...599), "The response's status."),
      .optional(
        "match", .entries(.written),
        "JSON pointers, and how the text there begins, or the number that stands there; all must hold."
      ),
      .optional(
        "means",
        .choice(["notPermitted", "notLicensed", "empty", "gone", "throttled", "quotaSpent"]),
        "What it says of the collection; quotaSpent: of the tenant, until the vendor's quota begins anew."
      ),
      .optional("resource", .any, "The resource that it stands for."),
    ], rules: [.exactlyOne(["means", "resource"])])

  private static var request: [FieldShape] {
    let target = Shape.pattern("^(/|https://)", "a path or an https address")
    return [
      .optional("get", target, "The path, or whole address, that is read."),
      .optional("post", target, "The path that the body is sent to."),
      .optional("body", .any, "What is sent."),
      .optional("items", .string, "JSON pointer to the resources in the response."),
      .optional("shape", .choice(["list", "map", "value"]), "How they stand there."),
      .optional("absent", .choice(["empty", "fault"]), "What it means when they are missing."),
      .optional("pagination", pagination, "How this list goes on."),
      .optional(
        "mustHave",
        .object([
          .required("pointer", .text, "JSON pointer into an item."),
          .required("value", .text, "What stands there in the item that is always there."),
        ]),
        "The item without which the credentials were not shown everything: rows that vanish without an error."
      ),
      .optional("errors", .list(errorRule), "What error responses mean here."),
    ]
  }

  private static let collection: Shape = .object(
    request + [
      .optional("requests", .nonEmptyList(.object(request)), "Several requests."),
      .optional("identity", .text, "The dotted field that identifies a resource; id by default."),
      .optional("label", .text, "The dotted field that names a resource for people."),
      .optional("singleton", .boolean, "Whether there is exactly one resource."),
      .optional(
        "nonEmpty", .boolean, "Whether every tenant has at least one: what is empty was not read."),
      .optional("forEach", .text, "The collection whose resources it is read for."),
      .optional(
        "forEachWhere", .entries(.text), "Field and value of the resources it is read for."),
      .optional("fixed", .list(.any), "The resources themselves: nothing is asked for."),
      .optional(
        "notAvailable",
        .object([
          .required("reason", .text, "Why no API gives it."),
          .required("where", .text, "Where in the vendor's console it is looked at."),
        ]), "That it can be looked at by hand only: no recommendation about it has points."),
      .optional("permissions", .list(.text), "What the credential needs, as the vendor names it."),
      .optional("scopes", .list(.text), "What a token asks for; the permissions by default."),
      collectionFields, emptiness,
      .optional("redact", .list(.text), "Paths of fields that are never stored."),
      .optional(
        "filter", .entries(.either([.string, .list(.string)])),
        "JSON pointer, and the values of the resources that count."),
      .optional(
        "expand",
        .object(
          [
            .required("when", .entries(.string), "JSON pointer and value of what is expanded."),
            .required("as", .text, "The member that carries the expanded resource."),
          ] + request), "A list of resources in place of one."),
      .optional("unique", .text, "The field of which each value is kept once."),
      .optional("detail", .object(request), "A request for each resource."),
      .optional(
        "attach", .entries(.list(.object(request))),
        "Requests whose answers each resource carries."),
      .optional("members", .entries(.string), "Names and JSON pointers of what is kept."),
      .optional("keys", .choice(["asIs", "pascal"]), "How names are written; asIs by default."),
    ])
}
