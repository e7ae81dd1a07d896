package import Domain
package import Pages
package import Postgres

// Where a record is: what most lists over the register are narrowed to.
extension FilterField where Filter.Choices == [EstateChoice] {
  package static func township(
    _ path: Path<AreaCode?>, condition: @escaping @Sendable (AreaCode) -> SQL
  ) -> Self {
    area(path, "township", "乡镇", among: \.townships, condition: condition)
  }

  package static func estate(
    _ path: Path<EstateID?>, condition: @escaping @Sendable (EstateID) -> SQL
  ) -> Self {
    record(
      path, "estate", "项目", among: { $0.map { ($0.id.description, $0.name) } },
      condition: condition)
  }
}

/// The condition that a home `m` is one that somebody means by an address in words.
package func homesNamed(_ words: String, among estates: [EstateChoice]) -> SQL {
  homes(at: AddressWords.places(words, among: estates))
}
