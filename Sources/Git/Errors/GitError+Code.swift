extension GitError {
  /// A kind of failure. New ones may come; compare with the static members.
  public struct Code: Hashable, Sendable {
    private enum Kind: String {
      case repositoryNotFound, dubiousOwnership, unsupportedRepository, alreadyExists
      case unknownRevision, ambiguousRevision, emptyRepository
      case objectNotFound, wrongObjectType, pathNotFound, tooLarge, corrupt
      case invalidPath, invalidReferenceName, invalidSignature, invalidMessage, pathConflict
      case referenceConflict, symbolicReference, checkedOutReference, locked
      case authentication, certificate, network, invalidRemote
      case operatingSystem, library
    }

    private let kind: Kind

    private init(_ kind: Kind) {
      self.kind = kind
    }

    /// No repository at the path, nor in a folder above it.
    public static let repositoryNotFound = Code(.repositoryNotFound)
    /// The repository belongs to another user (git's "dubious ownership").
    public static let dubiousOwnership = Code(.dubiousOwnership)
    /// The repository uses a format or an extension that this library does not read.
    public static let unsupportedRepository = Code(.unsupportedRepository)
    /// What was to be created is there already.
    public static let alreadyExists = Code(.alreadyExists)

    /// The expression names nothing in this repository.
    public static let unknownRevision = Code(.unknownRevision)
    /// The abbreviated id fits several objects.
    public static let ambiguousRevision = Code(.ambiguousRevision)
    /// The current branch has no commit yet.
    public static let emptyRepository = Code(.emptyRepository)

    /// The object is not in the repository (a shallow or partial clone, or a damaged one).
    public static let objectNotFound = Code(.objectNotFound)
    /// The object is of another type: a blob where a commit was wanted.
    public static let wrongObjectType = Code(.wrongObjectType)
    /// The tree has no such path.
    public static let pathNotFound = Code(.pathNotFound)
    /// The blob is larger than the caller's limit.
    public static let tooLarge = Code(.tooLarge)
    /// The content of an object is not what its id says, or cannot be parsed.
    public static let corrupt = Code(.corrupt)

    /// The path is not one that a tree can hold.
    public static let invalidPath = Code(.invalidPath)
    /// The name is not one that a reference can have.
    public static let invalidReferenceName = Code(.invalidReferenceName)
    /// The name, the address or the time of a signature cannot be written.
    public static let invalidSignature = Code(.invalidSignature)
    /// The message cannot be written.
    public static let invalidMessage = Code(.invalidMessage)
    /// A file stands where a folder is wanted, or a folder where a file is.
    public static let pathConflict = Code(.pathConflict)

    /// A reference with this name cannot exist beside another one (`a` beside `a/b`).
    public static let referenceConflict = Code(.referenceConflict)
    /// The reference points to another reference, and is not followed.
    public static let symbolicReference = Code(.symbolicReference)
    /// The branch is checked out in a working tree, whose files would no longer match it.
    public static let checkedOutReference = Code(.checkedOutReference)
    /// Another process holds the lock.
    public static let locked = Code(.locked)

    /// The remote refused the credentials, or none were given.
    public static let authentication = Code(.authentication)
    /// The remote's certificate or host key is not trusted.
    public static let certificate = Code(.certificate)
    /// The remote could not be reached, or broke off.
    public static let network = Code(.network)
    /// The remote's name or URL cannot be used.
    public static let invalidRemote = Code(.invalidRemote)

    /// A system call failed: no permission, no space.
    public static let operatingSystem = Code(.operatingSystem)
    /// Any other failure that libgit2 reports.
    public static let library = Code(.library)
  }
}

extension GitError.Code: CustomStringConvertible {
  /// The name of the static member.
  public var description: String { kind.rawValue }
}
