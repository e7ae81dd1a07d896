import Foundation
import HTTPTypes
import Testing
import WebTesting

@testable import Web

@Suite struct StaticFilesTests {
  private func folder() throws -> String {
    let path = FileManager.default.temporaryDirectory.path + "/static-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: path + "/icons", withIntermediateDirectories: true)
    try Data("body{}".utf8).write(to: URL(filePath: path + "/portal.css"))
    try Data("<svg/>".utf8).write(to: URL(filePath: path + "/icons/a.svg"))
    try Data("secret".utf8).write(to: URL(filePath: path + "/.hidden.css"))
    try Data("secret".utf8).write(to: URL(filePath: path + "/notes.bak"))
    return path
  }

  @Test func filesAreServedWithTypeETagAndSecurityHeaders() async throws {
    let path = try folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    var site = TestSite()
    let files = try StaticFiles(folder: path)
    site.configuration.staticFiles = files
    try await site.test { client in
      let style = try await client.get("/portal.css")
      #expect(style.text == "body{}")
      #expect(style.headers[.contentType] == "text/css; charset=utf-8")
      #expect(style.headers[.cacheControl] == "no-cache")
      #expect(style.headers[.xContentTypeOptions] == "nosniff")
      let etag = style.headers[.eTag] ?? ""
      #expect(try await client.get("/portal.css", [.ifNoneMatch: etag]).status == .notModified)
      #expect(try await client.get("/icons/a.svg").headers[.contentType] == "image/svg+xml")
      let versioned = try await client.get(files.url("/portal.css"))
      #expect(versioned.headers[.cacheControl]?.contains("immutable") == true)
      let old = try await client.get("/portal.css?v=000000000000")
      #expect(old.headers[.cacheControl] == "no-cache")
      for hidden in [
        "/.hidden.css", "/notes.bak", "/../portal.css", "/icons", "/%2e%2e/portal.css",
      ] {
        #expect(try await client.get(hidden).status == .notFound, "\(hidden)")
      }
      try await client.execute(uri: "/portal.css", method: .post) { response in
        #expect(response.status == .methodNotAllowed)
        #expect(response.headers[.allow] == "GET, HEAD")
      }
    }
  }

  @Test func `text goes packed to who unpacks it, and is another representation`() async throws {
    let path = try folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let style = String(repeating: "body { margin: 0 }\n", count: 200)
    try Data(style.utf8).write(to: URL(filePath: path + "/portal.css"))
    var site = TestSite()
    let files = try StaticFiles(folder: path)
    site.configuration.staticFiles = files
    try await site.test { client in
      let plain = try await client.get("/portal.css")
      #expect(plain.text == style && plain.headers[.contentEncoding] == nil)
      #expect(plain.headers[.vary] == "Accept-Encoding")
      let packed = try await client.get("/portal.css", [.acceptEncoding: "br, gzip;q=0.8"])
      #expect(packed.headers[.contentEncoding] == "gzip")
      #expect(packed.headers[.vary] == "Accept-Encoding")
      #expect(packed.headers[.eTag] != plain.headers[.eTag])
      #expect((Int(packed.headers[.contentLength] ?? "") ?? 9999) < 300)
      let again: HTTPFields = [
        .acceptEncoding: "gzip", .ifNoneMatch: packed.headers[.eTag] ?? "",
      ]
      #expect(try await client.get("/portal.css", again).status == .notModified)
      let kept = try await client.get(files.url("/portal.css"), [.acceptEncoding: "gzip"])
      #expect(kept.headers[.cacheControl]?.contains("immutable") == true)
      #expect(kept.headers[.contentEncoding] == "gzip")
      let unwanted = try await client.get("/portal.css", [.acceptEncoding: "gzip;q=0"])
      #expect(unwanted.headers[.contentEncoding] == nil)
      // What would grow stays as it is.
      let icon = try await client.get("/icons/a.svg", [.acceptEncoding: "gzip"])
      #expect(icon.headers[.contentEncoding] == nil)
    }
  }
}
