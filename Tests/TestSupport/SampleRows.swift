package import Domain
import Foundation
import Ground
import Postgres

/// One row of everything that pages show, in one township.
package struct SampleRows: Sendable {
  package let area: AreaCode
  package let estate: Int64
  package let home: Int64
  package let household: Int64
  package let person: Int64
  package let lease: Int64
  package let `case`: Int64
  /// A document of the case that is being written, and one that was issued.
  package let draft: Int64
  package let document: Int64
  package let complaint: Int64
  package let photo: Int64
  /// A photo of the case.
  package let caseFile: Int64
  package let misconduct: Int64
  package let misconductPhoto: Int64
  package let release: Int64
  package let account: Int64
  package let auditEvent: Int64
  package let `import`: Int64
  /// A review round of the township.
  package let round: Int64
  /// A question at the counter that waits.
  package let counterCheck: Int64
  /// A token of the machine interface.
  package let token: Int64
  /// An extract that waits for its confirmation, and a row of it that waits for a decision.
  package let delivery: Int64
  package let deliveryMatch: Int64
  /// A contest that waits.
  package let contest: Int64
  /// Why a home stands empty.
  package let vacancy: Int64
  /// An authorisation with its scan.
  package let authorisation: Int64
  /// A finding of the rules that waits, and the run that found it.
  package let finding: Int64
  package let ruleRun: Int64
  /// The campaign of its county, and a task of it that is not done.
  package let campaign: Int64
  package let milestone: Int64
  /// A team of visitors, and a home of the roster that it goes to.
  package let visitTeam: Int64
  package let rosterEntry: Int64
}

extension TestPortal {
  /// Writes one row of everything into a township; its places and people are made when missing.
  /// Texts end in the township's code, so that a page can be searched for them.
  package func addSample(township code: String) async throws -> SampleRows {
    guard let township = AreaCode(code), let county = township.county else {
      throw CocoaError(.formatting)
    }
    let keys = keys
    return try await owner.transaction { tx in
      for area in [township, county] {
        try tx.execute(
          """
          INSERT INTO areas (code, name) VALUES (\(area.rawValue), \("地\(area.rawValue)"))
          ON CONFLICT DO NOTHING
          """)
      }
      let writer = SampleWriter(tx: tx, code: code, county: county.rawValue, keys: keys)
      return try writer.write(area: township)
    }
  }
}

struct SampleWriter {
  let tx: Transaction
  let code: String
  let county: String
  let keys: KeyRing

  func id(_ sql: SQL) throws -> Int64 { try tx.one(Query<Int64>(sql)) }

  /// A term that the county has confirmed.
  func clockSetting(_ account: Int64) throws {
    try tx.execute(
      """
      INSERT INTO clock_settings (area, code, sequence, count, unit, reason, set_by, set_by_name, set_at)
      VALUES (\(county), 'suit', 1, 6, 'months', '样本复函', \(account), '样本员', '2021-08-01 08:00+08')
      ON CONFLICT DO NOTHING
      """)
  }

  /// An address of a calendar.
  func calendarFeed(_ account: Int64) throws {
    try tx.execute(
      """
      INSERT INTO calendar_feeds (token_hash, account_id, made_at)
      VALUES (sha256(convert_to(\("calendar-" + code), 'UTF8')), \(account), now())
      """)
  }

  /// A link that nobody has used.
  func setUpLink() throws {
    try tx.execute(
      """
      INSERT INTO setup_links (token_hash, made_at, ends_at)
      VALUES (sha256(convert_to(\(code), 'UTF8')), now(), now() + interval '1 hour')
      """)
  }

  func write(area: AreaCode) throws -> SampleRows {
    let account = try id(
      """
      INSERT INTO accounts (account, display_name, role, area)
      VALUES (\("office-\(code)"), \("样本员"), 'town_officer', \(code)) RETURNING id
      """)
    let estate = try id(
      """
      INSERT INTO estates (area, name, address, ownership)
      VALUES (\(code), \("样本小区\(code)"), '样本路1号', 'government') RETURNING id
      """)
    let campaign = try campaign()
    let sublet = try complaint("sublet", estate)
    let misconduct = try complaint("misconduct", estate)
    let register = try register(estate)
    let round = try evidence(register.household, campaign)
    let delivered = try addSampleDelivery(
      tx, township: code, round: round, household: register.household, person: register.person,
      keys: keys)
    let suspected = try violation(estate, register, campaign)
    let found = try addSampleFindings(
      tx, township: code, county: county, account: account, household: register.household,
      case: suspected, keys: keys)
    let documents = try addSampleDocuments(
      tx, township: code, county: county, account: account, case: suspected, keys: keys)
    let visited = try roster(estate, register, campaign, account)
    try links(of: sublet, to: register.household, suspected, account)
    try job(of: delivered.delivery, account)
    try reveal(of: register.person, account)
    try settling()
    try setUpLink()
    try clockSetting(account)
    try calendarFeed(account)
    try caseWork(suspected, account)
    return SampleRows(
      area: area, estate: estate, home: register.home, household: register.household,
      person: register.person, lease: register.lease,
      case: suspected, draft: documents.draft, document: documents.document, complaint: sublet,
      photo: try photo(of: sublet), caseFile: try file(of: suspected, account),
      misconduct: misconduct,
      misconductPhoto: try photo(of: misconduct), release: try release(campaign, account),
      account: account, auditEvent: try auditEvent(account),
      import: try addSampleImport(tx, township: code, account: account, keys: keys), round: round,
      counterCheck: try addSampleCounterCheck(
        tx, township: code, account: account, household: register.household, person: register.person
      ),
      token: try addSampleToken(tx, township: code, account: account),
      delivery: delivered.delivery, deliveryMatch: delivered.match,
      contest: delivered.contest, vacancy: delivered.vacancy,
      authorisation: delivered.authorisation, finding: found.finding,
      ruleRun: found.ruleRun, campaign: campaign, milestone: try milestone(of: campaign),
      visitTeam: visited.team, rosterEntry: visited.entry)
  }

  /// The job that matched a delivery, and what is done every night.
  private func job(of delivery: Int64, _ account: Int64) throws {
    try tx.execute(
      """
      INSERT INTO jobs (kind, subject, area, account_id, lane, state, finished_at)
      VALUES ('delivery_match', \(delivery), \(code), \(account), 'delivery', 'done', now())
      """)
    try tx.execute(
      """
      INSERT INTO job_schedules (kind, area, account_id, rhythm, minute_of_day, set_at)
      VALUES ('rules_nightly', \(code), \(account), 'daily', 120, '2021-08-01')
      """)
  }

  private func reveal(of person: Int64, _ account: Int64) throws {
    try tx.execute(
      """
      INSERT INTO reveals (area, account_id, account_name, at, person_id, household_number, field, reason, in_hour)
      VALUES (\(code), \(account), '样本员', '2021-08-20 09:00+08', \(person), \("S\(code)"), 'phone', '电话通知', 1)
      """)
  }

  /// The last time that reports were settled; one for all samples.
  private func settling() throws {
    try tx.execute(
      """
      INSERT INTO report_settlings (hour, xid) VALUES (date_trunc('hour', now() - interval '1 day'), 3)
      ON CONFLICT DO NOTHING
      """)
  }

  private func campaign() throws -> Int64 {
    if let known = try tx.first(
      Query<Int64>("SELECT id FROM campaigns WHERE area = \(county) ORDER BY id LIMIT 1"))
    {
      return known
    }
    let campaign = try id(
      """
      INSERT INTO campaigns (area, title, document_number, clear_by)
      VALUES (\(county), '样本行动', \("样本〔2021〕\(county)号"), '2021-08-31') RETURNING id
      """)
    try tx.execute(
      """
      INSERT INTO campaign_stages (campaign_id, area, position, title, starts_on, ends_on)
      VALUES (\(campaign), \(county), 1, '整改', '2021-06-01', '2021-12-31')
      """)
    try tx.execute(
      """
      INSERT INTO milestones (campaign_id, area, position, title, due_on, owed_by)
      VALUES (\(campaign), \(county), 1, '报送', '2021-08-31', '{housing}')
      """)
    try tx.execute(
      """
      INSERT INTO review_rounds (area, campaign_id, title, opened_on)
      VALUES (\(county), \(campaign), '第一轮', '2021-06-10')
      """)
    return campaign
  }

  /// A task that is not done, and an entry of the campaign's history.
  private func milestone(of campaign: Int64) throws -> Int64 {
    try tx.execute(
      """
      INSERT INTO campaign_events (area, campaign_id, at, account_name, action)
      VALUES (\(county), \(campaign), '2021-08-01 08:00+08', '样本', 'change')
      """)
    return try id(
      """
      SELECT id FROM milestones WHERE campaign_id = \(campaign) AND done_on IS NULL ORDER BY id LIMIT 1
      """)
  }

  struct Register {
    let home: Int64
    let household: Int64
    let person: Int64
    let lease: Int64
  }

  private func register(_ estate: Int64) throws -> Register {
    let home = try id(
      """
      INSERT INTO homes (area, estate_id, building, unit, room, floor_area, state)
      VALUES (\(code), \(estate), '1', '1', '101', 50, 'leased') RETURNING id
      """)
    let household = try id(
      """
      INSERT INTO households (area, number, category)
      VALUES (\(code), \("S\(code)"), 'low_income') RETURNING id
      """)
    let number = "350423198001010011"
    let person = try id(
      """
      INSERT INTO persons (area, household_id, relation, name, id_number_sealed, id_number_index,
        marital_status)
      VALUES (\(code), \(household), 'applicant', '样本人',
        \(try keys.seal(number, for: .personIDNumber)), \(keys.hash(number, of: .idNumber)),
        'single') RETURNING id
      """)
    return Register(
      home: home, household: household, person: person, lease: try lease(home, household))
  }

  private func lease(_ home: Int64, _ household: Int64) throws -> Int64 {
    try id(
      """
      INSERT INTO leases (area, home_id, household_id, contract_number, contract_version,
        starts_on, ends_on, monthly_rent, deposit, state)
      VALUES (\(code), \(home), \(household), \("H\(code)"), '2020', '2020-01-01', '2023-01-01',
        100, 300, 'running') RETURNING id
      """)
  }

  private func evidence(_ household: Int64, _ campaign: Int64) throws -> Int64 {
    try tx.execute(
      """
      INSERT INTO visits (area, campaign_id, household_id, visited_on, met, home_use)
      VALUES (\(code), \(campaign), \(household), '2021-07-01', 'other', 'sublet')
      """)
    return try addSampleReview(
      tx, township: code, county: county, campaign: campaign, household: household, keys: keys)
  }

  /// A name that can be found, a finding, and a change with its history.
  func registerWork(_ household: Int64) throws {
    try tx.execute(
      """
      INSERT INTO person_name_grams (gram, area, household_id, person_id)
      SELECT name_grams(name), area, household_id, id FROM persons WHERE household_id = \(household)
      """)
    try tx.execute(
      """
      INSERT INTO name_backlog (area, first_person, last_person)
      SELECT area, id, id FROM persons WHERE household_id = \(household)
      """)
    try tx.execute(
      """
      INSERT INTO findings (area, household_id, rule, subject, evidence)
      VALUES (\(code), \(household), 'R8', '样本', '{}')
      """)
    try tx.execute("UPDATE households SET category = 'subsistence' WHERE id = \(household)")
  }

  private func complaint(_ kind: String, _ estate: Int64) throws -> Int64 {
    let complaint = Int64.random(in: 1..<(1 << 53))
    func random(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255) } }
    try tx.execute(
      """
      INSERT INTO complaints (id, area, number, kind, estate_id, description, is_named,
        received_at, submission_hash, follow_up_hash, digest, signature, signing_key)
      VALUES (\(complaint), \(code), \("\(kind)-\(code)"), \(kind), \(estate),
        \("样本情况\(kind)\(code)"), false, '2021-08-01 08:00+08', \(random(32)), \(random(32)),
        \(random(32)), \(random(64)), 's1')
      """)
    try tx.execute(
      """
      INSERT INTO complaint_messages (complaint_id, author, body, posted_at, submission_hash)
      VALUES (\(complaint), 'citizen', '样本留言', '2021-08-01 09:00+08', \(random(32)))
      """)
    try tx.execute(
      """
      INSERT INTO complaint_identities (complaint_id, area, name_sealed, phone_sealed)
      VALUES (\(complaint), \(code), \(try keys.seal("举报人", for: .complainantName, of: ComplaintID(rawValue: complaint))),
        \(try keys.seal("13800000000", for: .complainantPhone, of: ComplaintID(rawValue: complaint))))
      """)
    try tx.execute(
      """
      INSERT INTO complaint_events (complaint_id, at, account_name, action, from_state, to_state)
      VALUES (\(complaint), '2021-08-01 10:00+08', '样本员', 'assign', 'received', 'received')
      """)
    return complaint
  }

  /// The smallest of what a browser takes for a picture.
  static let picture: [UInt8] = [0xFF, 0xD8, 0xFF, 0xD9]

  func nextFile() throws -> FileID {
    try tx.one(Query<FileID>("SELECT next_file_id(NULL)"))
  }

  private func photo(of complaint: Int64) throws -> Int64 {
    let file = try nextFile()
    return try id(
      """
      INSERT INTO files (id, area, complaint_id, position, original_sha256, original_type, state, retention,
        clean_sealed)
      VALUES (\(file), \(code), \(complaint), 1, \([UInt8](repeating: 7, count: 32)), 'image/jpeg', 'clean',
        'complaint', \(try keys.seal(Self.picture, for: .fileClean, of: file)))
      RETURNING id
      """)
  }

  private func release(_ campaign: Int64, _ account: Int64) throws -> Int64 {
    try id(
      """
      INSERT INTO releases (area, campaign_id, cutoff_at, figures, public_figures, prepared_by,
        prepared_by_name)
      SELECT \(code), \(campaign), '2021-08-01 08:00+08',
        coalesce((SELECT figures FROM releases ORDER BY id LIMIT 1), '{}'),
        coalesce((SELECT public_figures FROM releases ORDER BY id LIMIT 1), '{}'),
        \(account), '样本员'
      RETURNING id
      """)
  }

  private func auditEvent(_ account: Int64) throws -> Int64 {
    try id(
      """
      INSERT INTO audit_events (at, origin, account_id, account, role, area, address, action,
        entity)
      VALUES ('2021-08-01 08:00:01+08', 'staff', \(account), \("office-\(code)"), 'town_officer',
        \(code), '203.0.113.9', 'session.sign_in', 'accounts') RETURNING id
      """)
  }
}
