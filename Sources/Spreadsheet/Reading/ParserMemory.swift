import CExpat
import Glibc

/// Counts the memory that expat takes for one parser and refuses more than a limit. Names of
/// elements and attributes are kept until the end, and open elements and unfinished tags grow as the
/// file pleases; rows do not.
enum ParserMemory {
  private static let limit = 16 << 20

  /// The counter of the parser that is at work on this thread: expat's functions for memory are not
  /// told for whom they are called.
  private static let counter: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key, nil)
    return key
  }()

  /// Runs what calls expat, counting for one parser. May be nested.
  static func counted<Result>(_ count: UnsafeMutablePointer<Int>, _ body: () -> Result) -> Result {
    let outer = pthread_getspecific(counter)
    pthread_setspecific(counter, count)
    defer { pthread_setspecific(counter, outer) }
    return body()
  }

  static func makeParser() -> XML_Parser? {
    var suite = XML_Memory_Handling_Suite(
      malloc_fcn: { ParserMemory.take(nil, $0) },
      realloc_fcn: { ParserMemory.take($0, $1) },
      free_fcn: { ParserMemory.giveBack($0) })
    return XML_ParserCreate_MM(nil, &suite, nil)
  }

  /// In front of every block its size, in as much as keeps the block aligned.
  private static let header = 16

  private static func take(_ block: UnsafeMutableRawPointer?, _ size: Int)
    -> UnsafeMutableRawPointer?
  {
    let start = block.map { $0 - header }
    let old = start?.load(as: Int.self) ?? 0
    let count = pthread_getspecific(counter)?.assumingMemoryBound(to: Int.self)
    guard size >= 0, size <= limit, (count?.pointee ?? 0) + size - old <= limit,
      let taken = realloc(start, size + header)
    else { return nil }
    count?.pointee += size - old
    taken.storeBytes(of: size, as: Int.self)
    return taken + header
  }

  private static func giveBack(_ block: UnsafeMutableRawPointer?) {
    guard let block else { return }
    let start = block - header
    let count = pthread_getspecific(counter)?.assumingMemoryBound(to: Int.self)
    count?.pointee -= start.load(as: Int.self)
    free(start)
  }
}
