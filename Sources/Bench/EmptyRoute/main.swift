import Hummingbird
import NIOCore

/// What the benches compare a page with: one plain Hummingbird route and nothing around it.
/// Usage: `EmptyRoute PORT BYTES`
let port = Int(CommandLine.arguments.dropFirst().first ?? "") ?? 8090
let size = Int(CommandLine.arguments.dropFirst(2).first ?? "") ?? 0
let body = ByteBuffer(repeating: UInt8(ascii: "a"), count: size)
let router = Router()
router.get("/") { _, _ in
  Response(
    status: .ok, headers: [.contentType: "text/html; charset=utf-8"], body: .init(byteBuffer: body))
}
let application = Application(
  router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)))
try await application.runService()
