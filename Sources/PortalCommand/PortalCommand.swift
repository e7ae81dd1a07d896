import ArgumentParser

/// The program `portal`.
@main struct PortalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "portal", abstract: "公租房租后管理点题整治门户",
    subcommands: [
      Serve.self, Migrate.self, Seed.self, Account.self, County.self, Import.self, Deliver.self,
      Rules.self, Release.self, Keys.self, Token.self, Receipt.self, Doctor.self,
    ])
}
