import Domain
package import HTML
package import Pages

extension Paths {
  package static let setUp = PagePath("/setup")
  static let adminAreaNew = PagePath("/admin/areas/new")
  static let adminAreaName = PagePathOf<AreaCode>("/admin/areas/:id/name")
  static let adminAreaSite = PagePathOf<AreaCode>("/admin/areas/:id/site")
}
