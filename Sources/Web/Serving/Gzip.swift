import CZlib

/// The bytes as a gzip file (RFC 1952), the same each time; nil where it is no smaller.
func gzipped(_ bytes: [UInt8]) -> [UInt8]? {
  var stream = z_stream()
  // 15 is the largest window, and 16 more ask for the frame of gzip.
  let begun = deflateInit2_(
    &stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
    Int32(MemoryLayout<z_stream>.size))
  guard begun == Z_OK else { return nil }
  defer { deflateEnd(&stream) }
  var plain = bytes
  var packed = [UInt8](repeating: 0, count: bytes.count)
  let isWhole = plain.withUnsafeMutableBufferPointer { from in
    packed.withUnsafeMutableBufferPointer { into in
      stream.next_in = from.baseAddress
      stream.avail_in = uInt(from.count)
      stream.next_out = into.baseAddress
      stream.avail_out = uInt(into.count)
      return deflate(&stream, Z_FINISH) == Z_STREAM_END
    }
  }
  return isWhole ? Array(packed.prefix(Int(stream.total_out))) : nil
}
