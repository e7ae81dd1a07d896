/// The system calls that a decoder of pictures may make, as the kernel reads it: a program of classic BPF
/// over `struct seccomp_data` (seccomp(2)). Whatever is not listed fails with EPERM, as if it were forbidden,
/// and whatever is no call of this processor ends the process.
///
/// The list is what libvips needs to load, decode one file and write another with threads, on glibc; a
/// process of its own, a socket, another user or another mount is none of that.
enum SystemCallFilter {
  /// Nil where the numbers of the calls are not known here.
  static var program: [UInt8]? {
    #if arch(x86_64)
      return encoded(allowing: x86Calls)
    #else
      return nil
    #endif
  }

  private enum Call {
    static let clone: UInt32 = 56
    static let clone3: UInt32 = 435
    static let prctl: UInt32 = 157
  }

  /// By their numbers in `asm/unistd_64.h`.
  private static let x86Calls: [UInt32] = [
    // read write open close stat fstat lstat poll lseek mmap mprotect munmap brk
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
    // rt_sigaction rt_sigprocmask rt_sigreturn ioctl pread64 pwrite64 readv writev access sched_yield
    13, 14, 15, 16, 17, 18, 19, 20, 21, 24,
    // mremap madvise dup nanosleep getpid execve (what is to run) exit wait4 (of the first process) uname
    25, 28, 32, 35, 39, 59, 60, 61, 63,
    // fcntl fsync fdatasync ftruncate getcwd unlink readlink umask gettimeofday getrlimit getrusage sysinfo
    72, 74, 75, 77, 79, 87, 89, 95, 96, 97, 98, 99,
    // getuid getgid geteuid getegid sigaltstack statfs fstatfs prctl arch_prctl gettid futex
    102, 104, 107, 108, 131, 137, 138, Call.prctl, 158, 186, 202,
    // sched_getaffinity getdents64 set_tid_address fadvise64 clock_gettime clock_getres clock_nanosleep
    204, 217, 218, 221, 228, 229, 230,
    // exit_group tgkill (of abort) set_mempolicy get_mempolicy openat newfstatat unlinkat readlinkat faccessat
    231, 234, 238, 239, 257, 262, 263, 267, 269,
    // set_robust_list fallocate prlimit64 getcpu getrandom membarrier statx rseq faccessat2
    273, 285, 302, 309, 318, 324, 332, 334, 439,
  ]

  /// One instruction: what to do, where to go on when it holds and when it does not, and its number.
  private struct Instruction {
    let code: UInt16
    var whenTrue: UInt8 = 0
    var whenFalse: UInt8 = 0
    let value: UInt32

    static func load(_ offset: UInt32) -> Instruction { Instruction(code: 0x20, value: offset) }
    static func and(_ mask: UInt32) -> Instruction { Instruction(code: 0x54, value: mask) }
    static func answer(_ value: UInt32) -> Instruction { Instruction(code: 0x06, value: value) }

    /// Goes on with the next when it is equal, else skips some.
    static func equal(_ value: UInt32, elseSkip: UInt8) -> Instruction {
      Instruction(code: 0x15, whenFalse: elseSkip, value: value)
    }

    static func atLeast(_ value: UInt32, elseSkip: UInt8) -> Instruction {
      Instruction(code: 0x35, whenFalse: elseSkip, value: value)
    }

    var bytes: [UInt8] {
      [UInt8(truncatingIfNeeded: code), UInt8(truncatingIfNeeded: code >> 8), whenTrue, whenFalse]
        + (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
  }

  private static let kill: UInt32 = 0x8000_0000
  private static let allow: UInt32 = 0x7FFF_0000
  /// With the number of the error in its lower half.
  private static let fail: UInt32 = 0x0005_0000
  private static let notPermitted = fail | 1
  private static let notThere = fail | 38

  private static func encoded(allowing calls: [UInt32]) -> [UInt8] {
    let (number, processor, firstArgument): (UInt32, UInt32, UInt32) = (0, 4, 16)
    let (x86, x32, thread): (UInt32, UInt32, UInt32) = (0xC000_003E, 0x4000_0000, 0x0001_0000)
    // The first answers: the processor is another, or the number belongs to its other set of calls.
    var program: [Instruction] = [
      .load(processor), Instruction(code: 0x15, whenTrue: 1, value: x86), .answer(kill),
      .load(number), .atLeast(x32, elseSkip: 1), .answer(kill),
      // glibc then asks by `clone`, whose flags can be looked at: a thread, never a process.
      .equal(Call.clone3, elseSkip: 1), .answer(notThere),
      .equal(Call.clone, elseSkip: 5), .load(firstArgument), .and(thread),
      .equal(thread, elseSkip: 1), .answer(allow), .answer(notPermitted),
    ]
    for call in calls { program += [.equal(call, elseSkip: 1), .answer(allow)] }
    program.append(.answer(notPermitted))
    return program.flatMap(\.bytes)
  }
}
