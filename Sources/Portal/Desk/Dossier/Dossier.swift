import Cases
import Domain
import Foundation
import Ground
import Postgres
import Register
import Reviews
import Visits

/// Everything that is known of one household and that its reader may see.
struct Dossier: Sendable {
  let household: HouseholdDetail
  let persons: [MaskedPerson]
  let leases: [LeaseDetail]
  let findings: [DossierFinding]
  let changes: [RegisterChange]
  var answers = HouseholdAnswers.none
  var contests: [Contest] = []
  var authorisations: [Authorisation] = []
  var unauthorised: [UnauthorisedMember] = []
  var vacancies: [RecordedVacancy] = []
  var visits: [HomeVisit] = []
  /// Whether the reader may open them.
  var maySeeVisits = false
  var cases: [DossierCase] = []
  var caseEvents: [DossierCaseEvent] = []
  var complaints: [DossierComplaint] = []

  var members: [MaskedPerson] { persons.filter { $0.person.isPresent } }
  var former: [MaskedPerson] { persons.filter { !$0.person.isPresent } }
  var applicant: MaskedPerson? { members.first { $0.person.relation == .applicant } }
  /// As pages show people, those who left included.
  var names: [PersonID: String] {
    Dictionary(persons.map { ($0.person.id, $0.name) }, uniquingKeysWith: { first, _ in first })
  }
  var runningLease: LeaseDetail? { leases.first { $0.state == .running } }
}

extension Transaction {
  /// Nil when there is no such household, or it lies elsewhere.
  func dossier(
    of id: HouseholdID, for principal: Principal, on day: Day, keys: KeyRing
  ) throws -> Dossier? {
    guard let household = try first(householdDetail(id)) else { return nil }
    var dossier = Dossier(
      household: household,
      persons: try all(persons(of: id)).map {
        MaskedPerson($0, keys: keys, showsName: principal.may(.viewNames))
      },
      leases: try all(leases(of: id)), findings: try all(findings(of: id, keys: keys)),
      changes: try all(registerChanges(of: .household(id))))
    if principal.may(.viewCases) {
      dossier.answers = try answers(of: id, keys: keys)
      dossier.contests = try all(contests(of: id))
      dossier.authorisations = try all(Reviews.authorisations(of: id))
      dossier.unauthorised = try unauthorisedMembers(of: id, on: day, keys: keys)
      dossier.vacancies = try all(recordedVacancies(of: [id]))
      dossier.maySeeVisits = principal.may(.viewVisits)
      dossier.visits = try all(householdVisits(of: id)).filter { $0.state != .void }
      dossier.cases = try all(cases(of: id))
      dossier.caseEvents = try all(caseEvents(of: id))
    }
    if principal.may(.viewComplaints) {
      dossier.complaints = try dossier.leases.flatMap { try all(complaints(naming: $0)) }
    }
    return dossier
  }
}
