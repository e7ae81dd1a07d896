public import HTML

/// Every address of the portal, once: each room adds its own. Routes are registered with these and links are
/// made from them, so that the two cannot part. The doors: what pages of several rooms lead to.
public enum Paths {
  public static let home = PagePath("/")
  public static let progress = PagePath("/progress")
  public static let complaintNew = PagePath("/complaints/new")
  public static let complaintTrack = PagePath("/complaints/track")
  public static let login = PagePath("/login")
  public static let logout = PagePath("/logout")
  public static let password = PagePath("/account/password")
  public static let passwordCheck = PagePath("/account/password-check")
  /// Where a filter bar in which somebody types is sent.
  public static let find = PagePath("/find")
  public static let desk = PagePath("/desk")
  public static let oversight = PagePath("/oversight")
  public static let admin = PagePath("/admin")
  public static let adminAreas = PagePath("/admin/areas")
  public static let adminHolidays = PagePath("/admin/holidays")
  public static let apiDescription = PagePath("/api/v1/openapi.json")
}
