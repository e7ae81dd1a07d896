package import Domain
package import Postgres

extension Transaction {
  /// A name that came in another form than the register's stays in the history as the file wrote it.
  ///
  /// After the rows themselves are written: taking an import back goes by the first entry of a row.
  ///
  /// - Parameters:
  ///   - entity: the register's table.
  ///   - household: of the rows.
  ///   - rows: `FROM … WHERE …` with the register's row as `t` and the staged one as `r`.
  package func keepWrittenNames(
    of entity: String, household: SQL, _ id: ImportID, _ rows: SQL
  ) throws {
    try execute(
      """
      INSERT INTO register_changes (area, entity, entity_id, household_id, operation, at, account_id,
        account_name, action, import_id, before, after)
      SELECT t.area, \(entity), t.id, \(household), pg_current_xact_id()::text::bigint, now(),
        NULLIF(current_setting('portal.account', true), '')::bigint,
        current_setting('portal.change')::jsonb ->> 'by',
        current_setting('portal.change')::jsonb ->> 'action', \(id),
        to_jsonb(t) || jsonb_build_object('name', r.name_written), to_jsonb(t)
      \(rows)
      """)
  }
}
