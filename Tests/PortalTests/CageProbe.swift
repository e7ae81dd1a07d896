import Foundation
import Testing

@testable import Ground

/// A program that tries every door from the place of a decoder, and names those that open.
final class CageProbe: Sendable {
  /// Holds the probe, and is what it sees of the machine.
  let folder: String
  /// What the portal has and a decoder must not reach.
  let keys: String
  private let socket: String
  private let port: String
  private let listener: Process

  init() throws {
    folder = NSTemporaryDirectory() + "cage-\(UUID().uuidString)"
    (keys, socket) = (folder + ".keys", folder + ".socket")
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try Data("secret".utf8).write(to: URL(filePath: keys))
    try Data(Self.source.utf8).write(to: URL(filePath: folder + "/probe.c"))
    let compiler = Process()
    compiler.executableURL = URL(filePath: "/usr/bin/env")
    compiler.arguments = ["cc", "-o", folder + "/probe", folder + "/probe.c"]
    try compiler.run()
    compiler.waitUntilExit()
    try #require(compiler.terminationStatus == 0)
    let (said, held) = (Pipe(), Pipe())
    listener = Process()
    listener.executableURL = URL(filePath: folder + "/probe")
    listener.arguments = ["listen", socket]
    (listener.standardOutput, listener.standardInput) = (said, held)
    try listener.run()
    port = String(decoding: said.fileHandleForReading.availableData, as: UTF8.self)
      .trimmingCharacters(in: .newlines)
    try #require(Int(port) != nil)
  }

  deinit {
    listener.terminate()
    for path in [folder, keys, socket] { try? FileManager.default.removeItem(atPath: path) }
    PhotoCage.clear(beside: folder)
  }

  /// The doors that opened.
  func openDoors(in cage: PhotoCage) async throws -> Set<String> {
    let text = try await cage.run("./probe", ["try", keys, socket, port], in: folder)
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
    static int listens(const char *path) {
      struct sockaddr_un name = local(path);
      struct sockaddr_in here = loopback(0);
      socklen_t length = sizeof here;
      int one = socket(AF_UNIX, SOCK_STREAM, 0), other = socket(AF_INET, SOCK_STREAM, 0);
      char byte;
      if (bind(one, (void *)&name, sizeof name) || listen(one, 9)) return 1;
      if (bind(other, (void *)&here, sizeof here) || listen(other, 9)) return 1;
      getsockname(other, (void *)&here, &length);
      printf("%d\n", ntohs(here.sin_port));
      fflush(stdout);
      while (read(0, &byte, 1) > 0) {}
      return 0;
    }

    int main(int count, char **words) {
      if (!strcmp(words[1], "listen")) return listens(words[2]);
      setvbuf(stdout, NULL, _IOLBF, 1024);
      reads("/etc/passwd", "file of /etc");
      reads("/etc", "folder /etc");
      reads(words[2], "keys");
      reads("/proc/self/environ", "folder /proc");
      reads("/tmp", "folder /tmp");
      reads("/var", "folder /var");
      reads("/home", "folder /home");
      reads("/run", "folder /run");
      reads("/dev/null", "folder /dev");
      reads("/usr/bin/env", "another program");
      writes("/written", "writing in the root");
      writes("/usr/lib/x86_64-linux-gnu/written", "writing among the libraries");

      struct sockaddr_un name = local(words[3]);
      int line = socket(AF_UNIX, SOCK_STREAM, 0);
      if (line >= 0) printf("making a socket\n");
      if (line >= 0 && !connect(line, (void *)&name, sizeof name)) printf("socket of the machine\n");
      struct sockaddr_in there = loopback(atoi(words[4]));
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
