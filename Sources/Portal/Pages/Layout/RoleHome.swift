public import Domain
public import HTML

extension Role.Home {
  /// The page that a role comes home to.
  public var link: Link {
    switch self {
    case .desk: Paths.desk.link
    case .oversight: Paths.oversight.link
    case .admin: Paths.admin.link
    }
  }
}
