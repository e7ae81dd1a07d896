import HTML

/// Every address of the portal, once: each room adds its own. Routes are registered with these and links are
/// made from them, so that the two cannot part. The doors: what pages of several rooms lead to.
enum Paths {
  static let home = PagePath("/")
  static let progress = PagePath("/progress")
  static let complaintNew = PagePath("/complaints/new")
  static let complaintTrack = PagePath("/complaints/track")
  static let login = PagePath("/login")
  static let logout = PagePath("/logout")
  static let password = PagePath("/account/password")
  static let desk = PagePath("/desk")
  static let oversight = PagePath("/oversight")
  static let admin = PagePath("/admin")
  static let apiDescription = PagePath("/api/v1/openapi.json")
}
