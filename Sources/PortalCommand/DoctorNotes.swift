import Foundation
import Ground
import Web

/// What holds on this machine and what does not, though the portal runs with it: a line each, `✓` or `！` before it.
func doctorNotes(_ settings: Settings) async -> [String] {
  [await photoCageNote(), proxyNote(settings)].compactMap { $0 }
}

private func photoCageNote() async -> String {
  let folder = NSTemporaryDirectory() + "portal-doctor-\(UUID().uuidString)"
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return await PhotoCage.strongest(in: folder).strength.note
}

extension PhotoCage.Strength {
  /// What of the cage holds.
  var note: String {
    let walls = "独立的用户、进程和网络空间，没有网络，环境变量为空，根目录里只有解码库和一个文件夹，不能提升权限，内存、时间、文件大小有限"
    switch self {
    case .whole: return "✓ 照片解码隔离：\(walls)，系统调用按名单放行（seccomp）"
    case .withoutCallFilter:
      return "！照片解码隔离：\(walls)；但这台机器不能按名单限制系统调用（seccomp）"
    case .limitsOnly:
      return "！照片解码没有隔离：只限制了内存、时间和文件大小，解码程序能读到门户能读的文件、能用网络，因此不收 HEIC 照片。"
        + "请安装 bubblewrap（deploy/packages runtime），并确认系统允许用户命名空间（user.max_user_namespaces 大于 0，容器要放行 unshare）"
    }
  }
}

/// Behind a proxy that is not believed every citizen has the proxy's address, and all share one limit.
private func proxyNote(_ settings: Settings) -> String? {
  guard let listen = settings.value(.listen).flatMap({ try? Listen($0) }) else { return nil }
  return ProxyTrust(
    publicURL: settings.value(.publicURL), listenHost: listen.host,
    trustedProxies: settings.value(.trustedProxies) ?? ""
  ).warning.map { "！\($0)" }
}
