/// What a password must be: a setting of the security administrator.
///
/// Source: GB/T 22239-2019, 8.1.4.1 (identity authentication: complexity, renewal); the list of common
/// passwords follows NIST SP 800-63B, 5.1.1.2.
public struct PasswordPolicy: Hashable, Codable, Sendable {
  /// The fewest characters; 10 unless set.
  public var minimumLength: Int
  /// The fewest kinds among capital letters, small letters, digits and other signs; 3 unless set.
  public var minimumClasses: Int
  /// The most characters, so that hashing cannot be made expensive.
  public var maximumLength: Int

  public init(minimumLength: Int = 10, minimumClasses: Int = 3, maximumLength: Int = 128) {
    self.minimumLength = minimumLength
    self.minimumClasses = minimumClasses
    self.maximumLength = maximumLength
  }

  /// What must be changed about a password, as sentences that say what to do; empty when it will do.
  ///
  /// - Parameters:
  ///   - account: the account's name, which must not stand in it
  ///   - current: the password in force, when it is known at this moment
  public func problems(
    _ password: String, account: String, current: String? = nil
  ) -> [String] {
    var problems: [String] = []
    let count = password.unicodeScalars.count
    if count < minimumLength {
      problems.append("密码至少\(minimumLength)个字符，现在是\(count)个，请加长")
    }
    if count > maximumLength {
      problems.append("密码最多\(maximumLength)个字符，请缩短")
    }
    if PasswordPolicy.classes(of: password) < minimumClasses {
      problems.append("请至少混用大写字母、小写字母、数字、符号中的\(minimumClasses)种")
    }
    let folded = password.lowercased()
    if !account.isEmpty, folded.contains(account.lowercased()) {
      problems.append("密码里不能有账号名，请换掉“\(account)”")
    }
    if let current, !current.isEmpty, folded.contains(current.lowercased()) {
      problems.append("新密码不能包含现在的密码，请换一个不同的")
    }
    if CommonPasswords.contains(password) {
      problems.append("这个密码太常见，容易被猜到，请换成几个不相干的词加数字和符号")
    }
    return problems
  }

  /// How many kinds of characters there are: capitals, small letters, digits, anything else.
  private static func classes(of password: String) -> Int {
    var kinds: Set<Int> = []
    for scalar in password.unicodeScalars {
      switch scalar {
      case "A"..."Z": kinds.insert(0)
      case "a"..."z": kinds.insert(1)
      case "0"..."9": kinds.insert(2)
      default: kinds.insert(3)
      }
    }
    return kinds.count
  }
}
