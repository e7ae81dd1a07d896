import Domain
import HTML

// The register's pages and forms.
extension Paths {
  static let deskEstateNew = PagePath("/desk/estates/new")
  static let deskEstateEdit = PagePathOf<EstateID>("/desk/estates/:id/edit")
  static let deskEstatePlan = PagePathOf<EstateID>("/desk/estates/:id/plan")
  static let deskEstateHomes = PagePathOf<EstateID>("/desk/estates/:id/homes")
  static let deskEstateHomeNew = PagePathOf<EstateID>("/desk/estates/:id/homes/new")

  static let deskHome = PagePathOf<HomeID>("/desk/homes/:id")
  static let deskHomeEdit = PagePathOf<HomeID>("/desk/homes/:id/edit")

  static let deskHouseholdNew = PagePath("/desk/households/new")
  static let deskHouseholdPrint = PagePathOf<HouseholdID>("/desk/households/:id/print")
  static let deskHouseholdEdit = PagePathOf<HouseholdID>("/desk/households/:id/edit")
  static let deskHouseholdMembers = PagePathOf<HouseholdID>("/desk/households/:id/members")
  static let deskHouseholdMemberNew = PagePathOf<HouseholdID>("/desk/households/:id/members/new")
  static let deskHouseholdLeases = PagePathOf<HouseholdID>("/desk/households/:id/leases")
  static let deskHouseholdLeaseNew = PagePathOf<HouseholdID>("/desk/households/:id/leases/new")
  static let deskHouseholdMove = PagePathOf<HouseholdID>("/desk/households/:id/move")
  static let deskHouseholdSplit = PagePathOf<HouseholdID>("/desk/households/:id/split")
  static let deskHouseholdMerger = PagePathOf<HouseholdID>("/desk/households/:id/merger")

  static let deskPerson = PagePathOf<PersonID>("/desk/persons/:id")
  static let deskPersonEdit = PagePathOf<PersonID>("/desk/persons/:id/edit")
  static let deskPersonLeaving = PagePathOf<PersonID>("/desk/persons/:id/leaving")
  static let deskPersonReturn = PagePathOf<PersonID>("/desk/persons/:id/return")

  static let deskLease = PagePathOf<LeaseID>("/desk/leases/:id")
  static let deskLeaseEdit = PagePathOf<LeaseID>("/desk/leases/:id/edit")
  static let deskLeaseEnding = PagePathOf<LeaseID>("/desk/leases/:id/ending")
  static let deskLeaseReopening = PagePathOf<LeaseID>("/desk/leases/:id/reopening")
}
