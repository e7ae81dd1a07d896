import TestSupport

/// Scans as PDF, made by hand.
enum SampleDocument {
  /// - Parameters:
  ///   - trailer: what its last dictionary says besides.
  ///   - mark: makes it another file.
  static func pdf(pages: Int = 1, trailer: String = "", mark: String = "") -> [UInt8] {
    let kids = (0..<pages).map { "\(3 + $0) 0 R" }.joined(separator: " ")
    let objects =
      ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [\(kids)] /Count \(pages) >>"]
      + (0..<pages).map { _ in
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] >>"
      }
    var (text, places) = ("%PDF-1.4\n%\(mark)\n", [Int]())
    for (index, object) in objects.enumerated() {
      places.append(text.utf8.count)
      text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
    }
    let table = text.utf8.count
    text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for place in places {
      let digits = String(place)
      text += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
    }
    text +=
      "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R \(trailer) >>\nstartxref\n\(table)\n%%EOF\n"
    return Array(text.utf8)
  }

  static func scan(_ name: String, pages: Int = 1, mark: String = "") -> ChosenFile {
    ChosenFile(name: name, type: "application/pdf", bytes: pdf(pages: pages, mark: mark))
  }
}
