import Foundation
import TestSupport
import Testing

@testable import Ground

/// A program that tries every door from the place of a decoder, and names those that open.
final class CageProbe: Sendable {
  /// Holds the probe, and is what it sees of the machine.
  let folder: String
  /// What the portal has and a decoder must not reach.
  let keys: String
  private let socket: String
  /// What it must not reach either: a socket in the file system and a port.
  private let listeners: [Listener]

  init() throws {
    folder = NSTemporaryDirectory() + "cage-\(UUID().uuidString)"
    (keys, socket) = (folder + ".keys", folder + ".socket")
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try Data("secret".utf8).write(to: URL(filePath: keys))
    try Data(Self.source.utf8).write(to: URL(filePath: folder + "/probe.c"))
    let compiled = try MachineProgram.run(["cc", "-o", folder + "/probe", folder + "/probe.c"])
    try #require(compiled == 0)
    listeners = try [Listener(path: socket), Listener()]
  }

  deinit {
    for path in [folder, keys, socket] { try? FileManager.default.removeItem(atPath: path) }
    PhotoCage.clear(beside: folder)
  }

  /// The doors that opened.
  func openDoors(in cage: PhotoCage) async throws -> Set<String> {
    let text = try await cage.run("./probe", [keys, socket, String(listeners[1].port)], in: folder)
    let lines = try #require(text).split(separator: "\n").map { String($0) }
    try #require(lines.last == "tried")
    return Set(lines.dropLast())
  }

  private static let source = #"""
    #define _GNU_SOURCE
    #include <dirent.h>
    #include <fcntl.h>
    #include <netinet/in.h>
    #include <sched.h>
    #include <signal.h>
    #include <stdio.h>
    #include <stdlib.h>
    #include <string.h>
    #include <sys/mount.h>
    #include <sys/prctl.h>
    #include <sys/ptrace.h>
    #include <sys/socket.h>
    #include <sys/un.h>
    #include <sys/wait.h>
    #include <unistd.h>

    extern char **environ;

    static void reads(const char *path, const char *door) {
      int file = open(path, O_RDONLY);
      if (file >= 0) printf("%s\n", door);
    }
    static void writes(const char *path, const char *door) {
      int file = open(path, O_WRONLY | O_CREAT, 0600);
      if (file >= 0) { printf("%s\n", door); unlink(path); }
    }
    static struct sockaddr_in loopback(int port) {
      struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
      address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      return address;
    }
    static struct sockaddr_un local(const char *path) {
      struct sockaddr_un address = {.sun_family = AF_UNIX};
      strncpy(address.sun_path, path, sizeof address.sun_path - 1);
      return address;
    }
    int main(int count, char **words) {
      setvbuf(stdout, NULL, _IOLBF, 1024);
      reads("/etc/passwd", "file of /etc");
      reads("/etc", "folder /etc");
      reads(words[1], "keys");
      reads("/proc/self/environ", "folder /proc");
      reads("/tmp", "folder /tmp");
      reads("/var", "folder /var");
      reads("/home", "folder /home");
      reads("/run", "folder /run");
      reads("/dev/null", "folder /dev");
      reads("/usr/bin/env", "another program");
      writes("/written", "writing in the root");
      writes("/usr/lib/x86_64-linux-gnu/written", "writing among the libraries");

      struct sockaddr_un name = local(words[2]);
      int line = socket(AF_UNIX, SOCK_STREAM, 0);
      if (line >= 0) printf("making a socket\n");
      if (line >= 0 && !connect(line, (void *)&name, sizeof name)) printf("socket of the machine\n");
      struct sockaddr_in there = loopback(atoi(words[3]));
      line = socket(AF_INET, SOCK_STREAM, 0);
      if (line >= 0 && !connect(line, (void *)&there, sizeof there)) printf("network\n");

      for (char **item = environ; *item; item++) {
        const char *known[] = {"VIPS_BLOCK_UNTRUSTED=1", "VIPS_CONCURRENCY=1", "TMPDIR=/photo", "PWD=/photo"};
        int isKnown = 0;
        for (int index = 0; index < 4; index++) isKnown |= !strcmp(*item, known[index]);
        if (!isKnown) printf("environment\n");
      }

      // The first process of the namespace is the one that waits for this one.
      for (int process = 2; process < 40000; process++)
        if (process != getpid() && (kill(process, 0) == 0)) { printf("other processes\n"); break; }
      if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1) printf("new privileges\n");
      if (getuid() == 0 || geteuid() == 0) printf("being root\n");
      if (setuid(0) == 0) printf("becoming root\n");
      if (chroot("/photo") == 0) printf("another root\n");
      if (mount("none", "/photo", "tmpfs", 0, NULL) == 0) printf("mounting\n");
      if (unshare(CLONE_NEWUSER) == 0) printf("another user namespace\n");
      pid_t child = fork();
      if (child == 0) _exit(0);
      if (child > 0) { printf("making a process\n"); waitpid(child, NULL, 0); }
      // Last, as who is traced stops at every signal.
      if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0) printf("tracing\n");
      printf("tried\n");
      return 0;
    }
    """#
}

/// Something that takes connections, of this process.
private final class Listener: Sendable {
  private let line: Int32
  /// Of a listener at the loopback address.
  let port: UInt16

  /// - Parameter path: where it stands in the file system; nil: at a port of the loopback address.
  init(path: String? = nil) throws {
    let stream = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    let line = socket(path == nil ? AF_INET : AF_UNIX, stream, 0)
    self.line = line
    var local = sockaddr_un()
    local.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &local.sun_path) { $0.copyBytes(from: (path ?? "").utf8) }
    var loopback = sockaddr_in()
    loopback.sin_family = sa_family_t(AF_INET)
    loopback.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    let isBound =
      path == nil
      ? Self.bind(line, to: &loopback) : Self.bind(line, to: &local)
    try #require(isBound && listen(line, 9) == 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let named = withUnsafeMutablePointer(to: &loopback) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(line, $0, &length) }
    }
    try #require(path != nil || named == 0)
    port = path == nil ? UInt16(bigEndian: loopback.sin_port) : 0
  }

  deinit { close(line) }

  private static func bind<Address>(_ line: Int32, to address: inout Address) -> Bool {
    withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.bind(line, $0, socklen_t(MemoryLayout<Address>.size)) == 0
      }
    }
  }
}
