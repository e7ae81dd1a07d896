import Domain
package import HTML
package import Pages

// Figures and their publication (动态公布).
extension Paths {
  static let progressData = PagePath("/progress.json")
  package static let deskDisclosure = PagePath("/desk/disclosure")
  static let deskReleases = PagePath("/desk/disclosure/releases")
  static let deskRelease = PagePathOf<ReleaseID>("/desk/disclosure/releases/:id")
  static let deskReleasePublication = PagePathOf<ReleaseID>(
    "/desk/disclosure/releases/:id/publication")
  static let deskReleaseDiscard = PagePathOf<ReleaseID>("/desk/disclosure/releases/:id/discard")
}
