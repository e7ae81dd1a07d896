package import Domain
package import HTML
package import Pages

// The register: estates, homes, households, leases.
extension Paths {
  package static let deskEstates = PagePath("/desk/estates")
  package static let deskEstate = PagePathOf<EstateID>("/desk/estates/:id")
  package static let deskHouseholds = PagePath("/desk/households")
  static let deskHouseholdSearch = PagePath("/desk/households/search")
  package static let deskHousehold = PagePathOf<HouseholdID>("/desk/households/:id")
  package static let deskHomes = PagePath("/desk/homes")
  package static let deskLeases = PagePath("/desk/leases")
  static let deskRegisterExport = PagePath("/desk/register/export")
  package static let deskReveals = PagePath("/desk/reveals")
  static let deskPersonReveal = PagePathOf<PersonID>("/desk/persons/:id/reveal")
  package static let deskEstateNew = PagePath("/desk/estates/new")
  package static let deskEstateEdit = PagePathOf<EstateID>("/desk/estates/:id/edit")
  static let deskEstatePlan = PagePathOf<EstateID>("/desk/estates/:id/plan")
  static let deskEstateHomes = PagePathOf<EstateID>("/desk/estates/:id/homes")
  package static let deskEstateHomeNew = PagePathOf<EstateID>("/desk/estates/:id/homes/new")
  package static let deskHome = PagePathOf<HomeID>("/desk/homes/:id")
  static let deskHomeEdit = PagePathOf<HomeID>("/desk/homes/:id/edit")
  static let deskHouseholdNew = PagePath("/desk/households/new")
  package static let deskHouseholdPrint = PagePathOf<HouseholdID>("/desk/households/:id/print")
  package static let deskHouseholdEdit = PagePathOf<HouseholdID>("/desk/households/:id/edit")
  static let deskHouseholdMembers = PagePathOf<HouseholdID>("/desk/households/:id/members")
  package static let deskHouseholdMemberNew = PagePathOf<HouseholdID>(
    "/desk/households/:id/members/new")
  static let deskHouseholdLeases = PagePathOf<HouseholdID>("/desk/households/:id/leases")
  package static let deskHouseholdLeaseNew = PagePathOf<HouseholdID>(
    "/desk/households/:id/leases/new")
  package static let deskHouseholdMove = PagePathOf<HouseholdID>("/desk/households/:id/move")
  package static let deskHouseholdSplit = PagePathOf<HouseholdID>("/desk/households/:id/split")
  package static let deskHouseholdMerger = PagePathOf<HouseholdID>("/desk/households/:id/merger")
  static let deskPerson = PagePathOf<PersonID>("/desk/persons/:id")
  package static let deskPersonEdit = PagePathOf<PersonID>("/desk/persons/:id/edit")
  package static let deskPersonLeaving = PagePathOf<PersonID>("/desk/persons/:id/leaving")
  package static let deskPersonReturn = PagePathOf<PersonID>("/desk/persons/:id/return")
  package static let deskLease = PagePathOf<LeaseID>("/desk/leases/:id")
  static let deskLeaseEdit = PagePathOf<LeaseID>("/desk/leases/:id/edit")
  static let deskLeaseEnding = PagePathOf<LeaseID>("/desk/leases/:id/ending")
  package static let deskEstateDeletion = PagePathOf<EstateID>("/desk/estates/:id/deletion")
  static let deskHomeDeletion = PagePathOf<HomeID>("/desk/homes/:id/deletion")
  package static let deskHouseholdDeletion = PagePathOf<HouseholdID>(
    "/desk/households/:id/deletion")
  static let deskLeaseDeletion = PagePathOf<LeaseID>("/desk/leases/:id/deletion")
  static let deskLeaseReopening = PagePathOf<LeaseID>("/desk/leases/:id/reopening")
}
