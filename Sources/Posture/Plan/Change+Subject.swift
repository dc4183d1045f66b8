extension Change {
  /// The subject of a change.
  package enum Subject: Sendable, Hashable {
    case instance(String)
    case collection(String, instance: String)
    /// An account or group that is kept for emergencies, by its id.
    case breakGlass(String, instance: String)
    /// A recommendation on an instance.
    case result(instance: String, recommendation: String)
    /// One resource that a recommendation judges.
    case resource(Resource, instance: String, recommendation: String)
    /// A setting of a resource, or of the instance as a whole.
    case setting(String, resource: Resource?, instance: String, recommendation: String)
    case initiative(String, metric: String?)
    case exception(String)
    /// A recommendation as the repository declares it, for every instance.
    case recommendation(String)
    /// The Settings document.
    case settings
    /// Any other document: `connector acme`.
    case document(String)
  }

  /// A resource as reports name it.
  package struct Resource: Sendable, Hashable {
    /// The name that people know it by; a tenant's text.
    package let label: String
    /// What identifies it, when that is not its label.
    package let id: String?

    /// Drops an id that is empty or equals the label.
    package init(label: String, id: String?) {
      self.label = label
      self.id = id == label || id?.isEmpty == true ? nil : id
    }
  }

  /// The name of the instance that it is about; nil where it is about none.
  package var instance: String? {
    switch subject {
    case .instance(let name), .collection(_, let name), .breakGlass(_, let name),
      .result(let name, _), .resource(_, let name, _), .setting(_, _, let name, _):
      name
    case .initiative, .exception, .recommendation, .settings, .document: nil
    }
  }

  /// The name of the recommendation that it is about; nil where it is about none.
  package var recommendation: String? {
    switch subject {
    case .result(_, let name), .resource(_, _, let name), .setting(_, _, _, let name),
      .recommendation(let name):
      name
    default: nil
    }
  }

  /// The name of the initiative that it is about; nil where it is about none.
  package var initiative: String? {
    if case .initiative(let name, _) = subject { name } else { nil }
  }

  /// The name of the metric; nil where it is about no metric, or the whole initiative.
  package var metric: String? {
    if case .initiative(_, let metric) = subject { metric } else { nil }
  }

  /// The name of the exception that it is about; nil where it is about none.
  package var exception: String? {
    if case .exception(let name) = subject { name } else { nil }
  }

  /// The kind and name of any other document, `connector acme`; nil for all other subjects.
  package var document: String? {
    if case .document(let name) = subject { name } else { nil }
  }

  /// The label of a resource, the id of an account kept for emergencies, or the name of a collection.
  package var resource: String? {
    switch subject {
    case .collection(let name, _), .breakGlass(let name, _): name
    case .resource(let resource, _, _): resource.label
    case .setting(_, let resource, _, _): resource?.label
    default: nil
    }
  }

  /// What identifies the resource; nil where its label does, or there is no resource.
  package var resourceID: String? {
    switch subject {
    case .resource(let resource, _, _): resource.id
    case .setting(_, let resource, _, _): resource?.id
    default: nil
    }
  }

  /// The setting that drifted, or the field that is declared otherwise.
  package var setting: String? {
    if case .setting(let name, _, _, _) = subject { name } else { field }
  }
}
