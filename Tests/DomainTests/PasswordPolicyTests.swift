import Testing

@testable import Domain

@Suite struct PasswordPolicyTests {
  let policy = PasswordPolicy()

  @Test(arguments: [
    "Rain-Umbrella-42", "青山绿水Qs7!kettle", "tR7#vmK2pq", "correct Horse 9 battery", "Zx9$mmPq77Lw",
  ])
  func goodPasswordsPass(password: String) {
    #expect(policy.problems(password, account: "zhujian") == [])
  }

  @Test(arguments: [
    "Aa12345678", "Aa123456789", "Abc@123456", "Abcd1234!@#$", "Qwer1234!@#$", "1qaz@WSX3edc",
    "Qwer@12345",
    "1qaz2WSX3edc", "Admin@123456", "Admin@2021", "ADMIN_12345", "AdminAdmin@1", "Qwer!@#$1234",
    "Woaini1314", "Woaini@5201314", "P@ssw0rd2021", "P@ssword123!", "Password@1", "Passw0rd!!!",
    "Qingliu@2021", "Zhujian@123456", "Zhang19900101", "Li@19851231", "Huang_202106",
    "2021@Zhang!!",
    "123456@Abc", "Root@123456", "Huawei@123", "Aaaa1111!!!!", "A1!A1!A1!A1!", "Gongzufang@2021",
    "Welcome@123", "Zhengfu@888888", "Summer@2021",
  ])
  func commonPasswordsAreRefused(password: String) {
    let problems = policy.problems(password, account: "someone")
    #expect(problems.contains { $0.contains("太常见") }, "\(password): \(problems)")
  }

  @Test func caseAndSignsDoNotHideACommonPassword() {
    for password in ["aDMIN@123456", "admin!123456", "A-d-m-i-n-123456", "Admin123456。"] {
      #expect(CommonPasswords.contains(password), "\(password)")
    }
  }

  @Test(arguments: [
    ("Ab1!xyz", "至少10个字符"), ("abcdefghijk7", "混用"), ("qmwnebrvtcyx", "混用"),
    ("my-Zhujian-pw7", "账号名"), ("xOld-Secret-77y", "现在的密码"),
  ])
  func eachFaultIsNamed(password: String, words: String) {
    let problems = policy.problems(password, account: "zhujian", current: "old-secret-77")
    #expect(problems.count == 1 && problems[0].contains(words), "\(problems)")
  }

  @Test func theLengthOfMoreThanEnoughIsRefused() {
    let long = String(repeating: "aB3!xyzw", count: 17)
    #expect(policy.problems(long, account: "a-name").contains { $0.contains("最多128") })
  }

  @Test func settingsMakeItStricterOrLooser() {
    let strict = PasswordPolicy(minimumLength: 16, minimumClasses: 4)
    #expect(strict.problems("tR7vmK2pqXw", account: "x-y").count == 2)
    let loose = PasswordPolicy(minimumLength: 6, minimumClasses: 1)
    #expect(loose.problems("kettledrum", account: "x-y") == [])
  }
}
