/// Passwords that everybody tries first, those of Chinese habit and of this trade included.
///
/// A password is common when its letters and digits, without regard to case, other signs, or @ $ 0
/// written for a s o, are one of ``whole``, or a word of ``words`` (once or twice) with a tail of
/// ``tails``, a year or a date behind or before it; or when it repeats three signs or fewer.
enum CommonPasswords {
  static func contains(_ password: String) -> Bool {
    let folded = password.lowercased()
    guard Set(folded).count > 3 else { return true }
    return spellings(of: folded).contains { spelling in
      whole.contains(spelling) || isWordAndTail(spelling)
        || isWordAndTail(String(spelling.reversed()), reversed: true)
    }
  }

  /// The letters and digits alone; the same with look-alikes read as the letters they stand for; the
  /// same with the signs above the digits of a keyboard read as those digits.
  private static func spellings(of folded: String) -> [String] {
    let characters = Array(folded)
    let read = characters.indices.map { index -> Character in
      let isBeforeLetter = index + 1 < characters.count && isLetter(characters[index + 1])
      let isAfterLetter = index > 0 && isLetter(characters[index - 1])
      if isBeforeLetter, let letter = signLikeness[characters[index]] { return letter }
      guard isBeforeLetter, isAfterLetter else { return characters[index] }
      return digitLikeness[characters[index]] ?? characters[index]
    }
    let unshifted = characters.map { shifted[$0] ?? $0 }
    return [characters, read, unshifted].map { spelling in
      String(spelling.filter { isLetter($0) || ("0"..."9").contains($0) })
    }
  }

  private static func isLetter(_ character: Character) -> Bool { ("a"..."z").contains(character) }

  private static let signLikeness: [Character: Character] = ["@": "a", "$": "s", "!": "i"]
  private static let shifted = Dictionary(
    uniqueKeysWithValues: zip("!@#$%^&*()", "1234567890"))
  private static let digitLikeness: [Character: Character] = [
    "0": "o", "1": "i", "3": "e", "4": "a", "5": "s",
  ]

  /// Whether what precedes the first digit is a common word and the rest is a common tail. When
  /// reversed, the digits come first and are read back to front.
  private static func isWordAndTail(_ text: String, reversed: Bool = false) -> Bool {
    let split = text.firstIndex { ("0"..."9").contains($0) } ?? text.endIndex
    var word = String(text[..<split])
    var tail = String(text[split...])
    if reversed {
      word = String(word.reversed())
      tail = String(tail.reversed())
    }
    let half = word.prefix(word.count / 2)
    let isDouble = word.count >= 4 && word == half + half
    guard words.contains(word) || (isDouble && words.contains(String(half))) else { return false }
    return tail.isEmpty || tails.contains(tail) || isYearOrDate(tail)
  }

  /// `2021`, `1990`, `202106`, `19900101`, and a year with a short run behind it, `2021123`.
  private static func isYearOrDate(_ tail: String) -> Bool {
    guard tail.utf8.allSatisfy(isDigit), tail.count >= 4 else { return false }
    guard let year = Int(tail.prefix(4)), (1940...2049).contains(year) else { return false }
    let rest = String(tail.dropFirst(4))
    if rest.isEmpty || tails.contains(rest) { return true }
    guard let month = Int(rest.prefix(2)), (1...12).contains(month) else { return false }
    guard rest.count == 4, let day = Int(rest.suffix(2)) else { return rest.count == 2 }
    return (1...31).contains(day)
  }

  /// Taken whole, signs left out, in small letters.
  private static let whole: Set<String> = [
    "1234567890", "0123456789", "9876543210", "12345678910", "123456789a", "a123456789",
    "1q2w3e4r5t", "1q2w3e4r5t6y", "q1w2e3r4t5", "q1w2e3r4", "1qaz2wsx", "1qaz2wsx3edc",
    "1qazxsw2", "1qaz2wsx3edc4rfv", "zaq12wsx", "zaq1xsw2", "qazwsx123", "qazwsxedc",
    "qwertyuiop", "qwertyuiop123", "asdfghjkl", "zxcvbnm123", "asdf1234qwer", "qwer1234asdf",
    "1234qwer", "123qweasd", "123qweasdzxc", "qweasdzxc123", "qweasd123", "123456qwerty",
    "123456aa", "123456abc", "123abc456", "abc123abc", "abc123abc123", "a1b2c3d4", "a1b2c3d4e5",
    "aa12345678", "aa123456aa", "qq123456qq", "5201314", "5201314aa", "520131400", "1314520aa",
    "woaini5201314", "iloveyou1314", "147258369", "147258369a", "123321123", "112233445566",
    "1122334455", "123123123a", "letmein123456", "trustno1", "changeme123",
    "welcome123456", "monkey123456", "dragon123456", "football123", "superman123",
  ]

  /// Words that stand before or behind a tail.
  private static let words: Set<String> = Set(
    """
    a aa aaa ab abc abcd abcde abcdef abcdefg asd asdf asdfg asdfgh asdfghjkl zxc zxcv zxcvb zxcvbn \
    zxcvbnm q qq qaz qazwsx qwe qwer qwert qwerty qwertyu qwertyui qwertyuiop wsx edc ws xx zz \
    admin administrator adminadmin root user guest test tester demo temp default system manager \
    master super superman oracle mysql postgres server web login pass passwd password pwd secret \
    welcome hello letmein changeme change iloveyou love lover baby angel dragon monkey shadow sunshine \
    princess football basketball computer internet windows microsoft apple google huawei xiaomi \
    tencent alibaba taobao baidu wechat weixin china chinese beijing shanghai fujian sanming qingliu \
    longjin songxi zhongguo woaini woaiwo woaijia wodemima mima woshishui nihao caonima laopo laogong \
    baobao baobei mama baba haha hehe wang wangwang zhang zhangsan li lisi liu chen yang zhao huang \
    zhou wu xu sun ma zhu hu lin guo he gao luo wangwei liwei zhangwei xiaoming \
    gongzufang gongzufang zhujian zhujianju zhufang fangguan fangchan minzheng minzhengju ziran \
    ziranziyuan gongan gonganju jiwei jijian jianwei zhuanban shiju xianzhengfu zhengfu bangong \
    bangongshi jiguan danwei spring summer autumn winter portal rental house housing estate office \
    government police
    """.split(separator: " ").map(String.init))

  /// What people put behind a word.
  private static let tails: Set<String> = Set(
    """
    0 1 2 3 7 8 9 00 01 11 12 66 68 88 99 000 001 007 100 110 111 120 119 121 122 123 168 222 233 250 \
    321 333 369 456 520 521 555 588 654 666 678 777 789 888 987 911 999 0000 0123 1111 1122 1212 1234 \
    1313 1314 1357 1688 2222 2580 3333 3344 4321 4444 5200 5201 5555 5678 6666 6688 6789 7777 8888 \
    8899 9876 9999 11111 11223 12121 12123 12312 12321 12345 13145 16888 52013 54321 55555 66666 \
    67890 77777 88888 98765 99999 000000 110110 111111 112233 121212 123123 123321 123456 123654 \
    123789 131313 131420 147258 159357 159753 168168 222222 258369 314159 333333 456789 520520 520131 \
    521521 555555 654321 666666 666888 686868 777777 789456 888666 888888 987654 999999 1111111 \
    1234567 1314520 5201314 5211314 7654321 7758521 7777777 8888888 9876543 11112222 11223344 \
    11111111 12121212 12341234 12344321 12345678 13145200 13141314 52013140 66666666 87654321 \
    88888888 98765432 99999999 111111111 111222333 112233445 123123123 123456789 147258369 \
    987654321 0123456789 1111111111 1122334455 1234512345 1234567890 9876543210 12345678910
    """.split(separator: " ").map(String.init))
}
