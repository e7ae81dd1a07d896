import Domain
import Foundation
import Testing
import Web

@testable import Accounts
@testable import Ground

@Suite struct AccountNameTests {
  @Test(arguments: [
    ("zhujian", "zhujian"), (" ZhuJian ", "zhujian"), ("ｚｈｕｊｉａｎ－ｌｅａｄ", "zhujian-lead"),
  ])
  func `names are read as they are stored`(typed: String, name: String) {
    #expect(AccountName.normalised(typed) == name)
    #expect(AccountName.isValid(name))
  }

  @Test(arguments: ["", "a", "1a", "-a", "a b", "ä1", "a_b", String(repeating: "a", count: 33)])
  func `what no account can be called is no name`(_ name: String) {
    #expect(!AccountName.isValid(name))
  }
}
