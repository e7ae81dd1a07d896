public import Domain

extension CellKind<ResidentID> {
  /// A resident ID number as text or as a number, of 18 or 15 characters.
  public static var residentID: CellKind<ResidentID> {
    CellKind(
      hint: "18位（旧证15位）；请把该列设为文本，不要让表格软件改成数字", mask: maskedNumber,
      read: readResidentID, write: { .text($0.text) })
  }
}

extension CellKind<PhoneNumber> {
  /// A mobile number, or a landline with its area code.
  public static var phone: CellKind<PhoneNumber> {
    CellKind(
      hint: "11位手机号，或者带区号的座机号，如0598-5322000", mask: maskedNumber,
      read: readPhone, write: { .text($0.text) })
  }
}

/// The first and last characters of whatever stands where a number of a person should be.
private func maskedNumber(_ text: String) -> String {
  let characters = compacted(text)
  switch characters.count {
  case 15, 18: return characters.prefix(6) + stars(characters.count - 10) + characters.suffix(4)
  case 11: return Masking.maskedPhone(characters)
  case 8...: return characters.prefix(3) + stars(characters.count - 5) + characters.suffix(2)
  default: return stars(characters.count)
  }
}

private func stars(_ count: Int) -> String { String(repeating: "*", count: count) }

@Sendable private func readResidentID(
  _ cell: Cell, _: DateSystem
) throws(CellProblem) -> ResidentID? {
  switch cell {
  case .empty: return nil
  case .text(let text): return try residentID(inText: text)
  case .number(let number):
    guard number.magnitude < 1e15 else { throw .idLostDigits }
    return try residentID(plainNumber(number))
  case .longNumber(let text):
    guard let digits = wholeDigits(text) else { throw .idLostDigits }
    return try residentID(digits)
  case .formatted(let number, let shown):
    return try residentID(inText: shown ?? plainNumber(number))
  case .day, .partialDay, .moment, .bool: throw CellProblem(.valueKind, "这里应该填身份证号，请把该列设为文本后重新填写")
  case .failure: throw .failure
  }
}

private func residentID(inText text: String) throws(CellProblem) -> ResidentID? {
  if let id = try? ResidentID(text) { return id }
  var typed = trimmed(text)
  if typed.isEmpty { return nil }
  if let mark = typed.first, "'’‘`".contains(mark) { typed.removeFirst() }
  typed = withFinalX(withoutFraction(typed))
  let plain = compacted(typed)
  if plain.contains(where: { "*×●•".contains($0) }) {
    throw CellProblem(
      .idNumberMasked, "这是打了星号的身份证号，不能导入；请使用带完整身份证号的原表")
  }
  // What Excel saves to CSV of a number it has cut: 3.50423E+17, or zeros at the end.
  let isExponent = plain.contains(".") && plain.uppercased().contains("E+")
  let isCut = plain.utf8.count == 18 && plain.hasSuffix("000") && (try? ResidentID(plain)) == nil
  if isExponent || isCut { throw .idLostDigits }
  if let document = OtherDocument(plain.uppercased()) { throw document.problem }
  return try residentID(typed)
}

/// Other signs for the last character of a number that ends in X: 35042319640808015×.
private func withFinalX(_ typed: String) -> String {
  guard let last = typed.last, "×✕✖╳ХхΧχⅩⅹ".contains(last) else { return typed }
  let rest = typed.dropLast()
  return rest.contains(last) ? typed : rest + "X"
}

/// `13800000001.0`, as a program writes a number that it took for one with decimals.
private func withoutFraction(_ typed: String) -> String {
  typed.hasSuffix(".0") ? String(typed.dropLast(2)) : typed
}

private func residentID(_ typed: String) throws(CellProblem) -> ResidentID {
  do {
    return try ResidentID(typed)
  } catch {
    let cause: ProblemCause =
      switch error {
      case .length: .idNumberLength
      case .character: .idNumberCharacter
      case .area: .idNumberArea
      case .birth: .idNumberBirth
      case .checkCharacter, .parts: .idNumberCheck
      }
    throw CellProblem(cause, error.description)
  }
}

@Sendable private func readPhone(_ cell: Cell, _: DateSystem) throws(CellProblem) -> PhoneNumber? {
  switch cell {
  case .empty: return nil
  case .text(let text):
    if let number = try? PhoneNumber(text) { return number }
    var typed = trimmed(text)
    if typed.isEmpty { return nil }
    if let mark = typed.first, "'’‘`".contains(mark) { typed.removeFirst() }
    typed = withoutFraction(typed)
    if typed.contains("*") || typed.contains("＊") {
      throw CellProblem(
        .phoneMasked, "这是打了星号的电话号码，不能导入；请使用带完整号码的原表")
    }
    return try phone(typed)
  case .number(let number): return try phone(plainNumber(number))
  case .formatted(let number, let shown): return try phone(shown ?? plainNumber(number))
  case .longNumber, .day, .partialDay, .moment, .bool:
    throw CellProblem(.valueKind, "这里应该填电话号码，请把该列设为文本后重新填写")
  case .failure: throw .failure
  }
}

private func phone(_ typed: String) throws(CellProblem) -> PhoneNumber {
  do {
    return try PhoneNumber(typed)
  } catch {
    throw CellProblem(.phoneInvalid, error.description)
  }
}

extension CellProblem {
  static var idLostDigits: CellProblem {
    CellProblem(
      .idNumberLostDigits,
      "Excel 只保留15位数字，身份证号的最后几位已丢失；请把该列设为文本后重新填写")
  }
}
