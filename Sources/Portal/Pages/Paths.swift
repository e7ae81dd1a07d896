package import HTML

/// Every address of the portal, once: each room adds its own. Routes are registered with these and links are
/// made from them, so that the two cannot part. The doors: what pages of several rooms lead to.
package enum Paths {
  package static let home = PagePath("/")
  package static let progress = PagePath("/progress")
  package static let complaintNew = PagePath("/complaints/new")
  package static let complaintTrack = PagePath("/complaints/track")
  package static let login = PagePath("/login")
  package static let logout = PagePath("/logout")
  package static let password = PagePath("/account/password")
  package static let desk = PagePath("/desk")
  package static let oversight = PagePath("/oversight")
  package static let admin = PagePath("/admin")
  package static let apiDescription = PagePath("/api/v1/openapi.json")
}
