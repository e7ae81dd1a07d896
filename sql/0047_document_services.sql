-- How documents are served (送达): every attempt with what came of it and its proof.

CREATE TABLE document_services (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  area area_code NOT NULL REFERENCES areas,
  document_id bigint NOT NULL REFERENCES case_documents,
  manner text NOT NULL CONSTRAINT document_services_manner_check
    CHECK (manner IN ('hand', 'left', 'post', 'public', 'agreed')),
  outcome text NOT NULL CONSTRAINT document_services_outcome_check
    CHECK (outcome IN ('served', 'refused', 'absent', 'returned', 'waiting')),
  served_on date NOT NULL,
  -- The day on which it counts as served, such as thirty days after a public notice.
  counts_on date,
  -- Who of the staff went, or sent it.
  served_by text NOT NULL CHECK (char_length(served_by) BETWEEN 2 AND 60),
  -- The number of a letter, or where a notice was published.
  carrier text CHECK (char_length(carrier) BETWEEN 2 AND 100),
  -- What proves it: the number of a recording, a receipt in the file.
  proof text CHECK (char_length(proof) BETWEEN 2 AND 200),
  -- Who took it, where, and who saw it.
  personal_sealed bytea,
  -- The entry that this one corrects.
  replaces bigint CONSTRAINT document_services_replaces_key UNIQUE REFERENCES document_services,
  -- Of the form from which it came: sent twice, it is one attempt.
  submission uuid NOT NULL CONSTRAINT document_services_submission_key UNIQUE,
  recorded_by bigint NOT NULL REFERENCES accounts,
  recorded_by_name text NOT NULL,
  recorded_at timestamptz NOT NULL,
  CONSTRAINT document_services_proved_check CHECK (counts_on IS NULL OR proof IS NOT NULL)
);
CREATE INDEX document_services_document_idx ON document_services (document_id, id);
SELECT protect_by_area('document_services');
CREATE POLICY staff_serves ON document_services AS RESTRICTIVE FOR INSERT TO portal_staff
  WITH CHECK (recorded_by = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint));
GRANT SELECT, INSERT ON document_services TO portal_staff;
CREATE TRIGGER document_services_append_only BEFORE UPDATE OR DELETE ON document_services
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
