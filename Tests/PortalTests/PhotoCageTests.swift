import Foundation
import Testing

@testable import Ground

/// What a decoder that was taken over would find.
@Suite(.serialized) struct PhotoCageTests {
  @Test func everyDoorOfTheCageIsShut() async throws {
    let probe = try CageProbe()
    #expect(try await probe.openDoors(in: PhotoCage(strength: .whole)) == [])
  }

  @Test func whereCallsCannotBeFilteredTheMachineIsOutOfReachAllTheSame() async throws {
    let probe = try CageProbe()
    let doors = try await probe.openDoors(in: PhotoCage(strength: .withoutCallFilter))
    #expect(doors.isSubset(of: ["making a socket", "making a process", "tracing"]))
  }

  /// The probe does find doors where there are any.
  @Test func withoutACageTheDecoderReachesWhatThePortalReaches() async throws {
    let probe = try CageProbe()
    let doors = try await probe.openDoors(in: PhotoCage(strength: .limitsOnly))
    #expect(
      doors.isSuperset(of: [
        "file of /etc", "keys", "socket of the machine", "network", "other processes",
      ]))
  }

  @Test func thisMachineMakesTheWholeCage() async throws {
    let folder = NSTemporaryDirectory() + "cage-trial-\(UUID().uuidString)"
    #expect(await PhotoCage.strongest(in: folder).strength == .whole)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    try FileManager.default.removeItem(atPath: folder)
  }
}
