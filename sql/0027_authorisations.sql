-- The register of authorisations (授权书), and what a county says of a household without one.

-- Checking income and assets (家庭经济状况核对) rests on a signed authorisation (授权书) of every grown member: a scan,
-- or where the paper is kept; signed on a day, and until when it holds.
CREATE TABLE authorisations (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  area area_code NOT NULL REFERENCES areas,
  household_id bigint NOT NULL,
  person_id bigint NOT NULL REFERENCES persons,
  signed_on date NOT NULL,
  -- NULL: it names no day.
  runs_out_on date CHECK (runs_out_on >= signed_on),
  paper_note text CHECK (char_length(paper_note) BETWEEN 1 AND 200),
  scan_sealed bytea,
  scan_type text CONSTRAINT authorisations_scan_type_check
    CHECK (scan_type IN ('image/jpeg', 'image/png', 'application/pdf')),
  scan_sha256 bytea CHECK (octet_length(scan_sha256) = 32),
  recorded_by bigint NOT NULL REFERENCES accounts,
  recorded_by_name text NOT NULL,
  recorded_at timestamptz NOT NULL,
  CHECK (paper_note IS NOT NULL OR scan_sealed IS NOT NULL),
  CHECK (num_nulls(scan_sealed, scan_type, scan_sha256) IN (0, 3)),
  -- The same workbook again adds nothing.
  CONSTRAINT authorisations_key UNIQUE (person_id, signed_on)
);
CREATE INDEX authorisations_household_idx ON authorisations (household_id);
SELECT protect_by_area('authorisations');
REVOKE SELECT ON authorisations FROM portal_inspector;
GRANT SELECT, INSERT ON authorisations TO portal_staff;
CREATE TRIGGER authorisations_append_only BEFORE UPDATE OR DELETE ON authorisations
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Whether income and assets of a household without them may be checked all the same; without a row they may.
CREATE TABLE authorisation_settings (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  area area_code NOT NULL REFERENCES areas,
  may_check_without boolean NOT NULL,
  document text NOT NULL CHECK (char_length(document) BETWEEN 2 AND 200),
  set_by bigint NOT NULL REFERENCES accounts,
  set_by_name text NOT NULL,
  set_at timestamptz NOT NULL
);
CREATE INDEX authorisation_settings_area_idx ON authorisation_settings (area, id);
SELECT protect_by_area('authorisation_settings');
SELECT show_to_lower_areas('authorisation_settings');
GRANT SELECT, INSERT ON authorisation_settings TO portal_staff;
CREATE TRIGGER authorisation_settings_append_only BEFORE UPDATE OR DELETE ON authorisation_settings
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Households that a delivery would have answered, left out for want of authorisations.
ALTER TABLE deliveries ADD COLUMN answers_unauthorised bigint;
