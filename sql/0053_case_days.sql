-- What is owed first on a case: the campaign's day, or that of a clock of the law. By it a case is overdue, on every desk
-- and in the list.
ALTER TABLE cases ADD COLUMN owed_on date NOT NULL GENERATED ALWAYS AS (LEAST(due_on, next_due_on)) STORED;
CREATE INDEX cases_owed_idx ON cases (owed_on, id);
CREATE INDEX cases_state_owed_idx ON cases (state, owed_on, id);
-- They served what these do.
DROP INDEX cases_due_on_idx, cases_state_due_idx;

-- Which scans and photos of the case prove an attempt to serve one of its documents.
CREATE TABLE document_service_files (
  service_id bigint NOT NULL REFERENCES document_services,
  file_id bigint NOT NULL REFERENCES files,
  -- Of the case.
  area area_code NOT NULL REFERENCES areas,
  CONSTRAINT document_service_files_key PRIMARY KEY (service_id, file_id)
);
CREATE INDEX document_service_files_file_idx ON document_service_files (file_id);
SELECT protect_by_area('document_service_files');
-- Files of the very case, by whoever recorded the attempt.
CREATE POLICY staff_proves ON document_service_files AS RESTRICTIVE FOR INSERT TO portal_staff
  WITH CHECK (EXISTS (
    SELECT FROM document_services s
    JOIN case_documents d ON d.id = s.document_id
    JOIN files f ON f.case_id = d.case_id
    WHERE s.id = service_id AND f.id = file_id
      AND s.recorded_by = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint)));
GRANT SELECT, INSERT ON document_service_files TO portal_staff;
CREATE TRIGGER document_service_files_append_only BEFORE UPDATE OR DELETE ON document_service_files
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Which kinds of files a county wants in a case before a step: `decide:hearing`.
ALTER TABLE exit_grounds ADD COLUMN evidence text[] NOT NULL DEFAULT '{}' CHECK (cardinality(evidence) <= 200);

-- What is owed is reckoned anew once a year's holidays were announced. The administrator who does so sees no case and
-- enters no work of others: it is done in the name of the housing bureau of each county where the year holds.
CREATE FUNCTION reckon_case_clocks() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO jobs (kind, area, account_id, lane)
  SELECT DISTINCT ON (a.area) 'case_clocks', a.area, a.id, 'clocks' FROM accounts a
  WHERE a.area ^@ NEW.area::text AND a.role IN ('housing_lead', 'housing_officer') AND a.disabled_at IS NULL
  ORDER BY a.area, a.role, a.id;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION reckon_case_clocks() FROM PUBLIC;
CREATE TRIGGER holiday_years_reckoned AFTER INSERT ON holiday_years
  FOR EACH ROW WHEN (NEW.area IS NOT NULL) EXECUTE FUNCTION reckon_case_clocks();
