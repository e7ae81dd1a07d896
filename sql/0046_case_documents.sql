-- Documents of a case: their templates, their numbers without gaps, and what was issued, frozen.

-- The text of a kind of document in a county, as its lead has written it; the last one holds, and every one before stays.
CREATE TABLE document_templates (
  area area_code NOT NULL REFERENCES areas,
  kind text NOT NULL CONSTRAINT document_templates_kind_check CHECK (kind IN (
    'rectification', 'notice', 'return_order', 'leave_notice', 'demand', 'enforcement', 'civil_suit',
    'transfer', 'closing')),
  sequence integer NOT NULL CHECK (sequence > 0),
  body text NOT NULL CHECK (char_length(body) BETWEEN 20 AND 5000),
  set_by bigint NOT NULL REFERENCES accounts,
  set_by_name text NOT NULL,
  set_at timestamptz NOT NULL,
  CONSTRAINT document_templates_key PRIMARY KEY (area, kind, sequence)
);
SELECT protect_by_area('document_templates');
SELECT show_to_lower_areas('document_templates');
GRANT SELECT, INSERT ON document_templates TO portal_staff;
CREATE TRIGGER document_templates_append_only BEFORE UPDATE OR DELETE ON document_templates
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Who sends a county's documents; the last row holds. What is not said is empty.
CREATE TABLE document_offices (
  area area_code NOT NULL REFERENCES areas,
  sequence integer NOT NULL CHECK (sequence > 0),
  organ text NOT NULL CHECK (char_length(organ) BETWEEN 2 AND 60),
  -- 机关代字, in front of numbers.
  organ_mark text NOT NULL CHECK (char_length(organ_mark) BETWEEN 1 AND 10),
  organ_address text NOT NULL CHECK (char_length(organ_address) <= 120),
  organ_code text NOT NULL CHECK (char_length(organ_code) <= 30),
  organ_head text NOT NULL CHECK (char_length(organ_head) <= 60),
  contact text NOT NULL CHECK (char_length(contact) <= 60),
  phone text NOT NULL CHECK (char_length(phone) <= 40),
  court text NOT NULL CHECK (char_length(court) <= 60),
  review_organ text NOT NULL CHECK (char_length(review_organ) <= 60),
  set_by bigint NOT NULL REFERENCES accounts,
  set_by_name text NOT NULL,
  set_at timestamptz NOT NULL,
  CONSTRAINT document_offices_key PRIMARY KEY (area, sequence)
);
SELECT protect_by_area('document_offices');
SELECT show_to_lower_areas('document_offices');
GRANT SELECT, INSERT ON document_offices TO portal_staff;
CREATE TRIGGER document_offices_append_only BEFORE UPDATE OR DELETE ON document_offices
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A document that is being written. It goes when it is issued or thrown away.
CREATE TABLE document_drafts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  area area_code NOT NULL REFERENCES areas,
  case_id bigint NOT NULL REFERENCES cases,
  kind text NOT NULL CONSTRAINT document_drafts_kind_check CHECK (kind IN (
    'rectification', 'notice', 'return_order', 'leave_notice', 'demand', 'enforcement', 'civil_suit',
    'transfer', 'closing')),
  version integer NOT NULL DEFAULT 1,
  -- Of the form from which it came: sent twice, it makes one draft.
  submission uuid NOT NULL CONSTRAINT document_drafts_submission_key UNIQUE,
  -- Of the county's template; 0 where the portal's own held.
  template_sequence integer NOT NULL CHECK (template_sequence >= 0),
  -- What was typed, and the text: it names people.
  content_sealed bytea NOT NULL,
  created_by bigint NOT NULL REFERENCES accounts,
  created_by_name text NOT NULL,
  created_at timestamptz NOT NULL,
  changed_by_name text NOT NULL,
  changed_at timestamptz NOT NULL
);
CREATE INDEX document_drafts_case_idx ON document_drafts (case_id, id);
SELECT protect_by_area('document_drafts');
CREATE POLICY staff_drafts ON document_drafts AS RESTRICTIVE FOR INSERT TO portal_staff
  WITH CHECK (created_by = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint));
GRANT SELECT, INSERT, DELETE ON document_drafts TO portal_staff;
GRANT UPDATE (version, content_sealed, changed_by_name, changed_at) ON document_drafts TO portal_staff;

-- ---------------------------------------------------------------- numbers

-- The last number of a county's documents of a kind in a year. Whoever issues holds the row until it is done, so that
-- what is taken back takes its number back.
CREATE TABLE document_numbers (
  area area_code NOT NULL REFERENCES areas,
  kind text NOT NULL,
  year integer NOT NULL CHECK (year BETWEEN 2000 AND 2100),
  last integer NOT NULL CHECK (last >= 0),
  CONSTRAINT document_numbers_key PRIMARY KEY (area, kind, year)
);
SELECT protect_by_area('document_numbers');
GRANT SELECT, INSERT ON document_numbers TO portal_staff;
GRANT UPDATE (last) ON document_numbers TO portal_staff;

-- A document that was issued: its text is frozen, and so is its number.
CREATE TABLE case_documents (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  area area_code NOT NULL REFERENCES areas,
  county area_code NOT NULL REFERENCES areas,
  case_id bigint NOT NULL REFERENCES cases,
  kind text NOT NULL CONSTRAINT case_documents_kind_check CHECK (kind IN (
    'rectification', 'notice', 'return_order', 'leave_notice', 'demand', 'enforcement', 'civil_suit',
    'transfer', 'closing')),
  year integer NOT NULL,
  number integer NOT NULL CHECK (number > 0),
  number_text text NOT NULL CHECK (char_length(number_text) BETWEEN 5 AND 60),
  -- The draft that it was: issued twice at once, it is one document.
  draft_id bigint NOT NULL CONSTRAINT case_documents_draft_key UNIQUE,
  template_sequence integer NOT NULL CHECK (template_sequence >= 0),
  -- Everything that is printed, and the hash of just these bytes before they were sealed.
  content_sealed bytea NOT NULL,
  content_sha256 bytea NOT NULL CHECK (length(content_sha256) = 32),
  issued_on date NOT NULL,
  issued_by bigint NOT NULL REFERENCES accounts,
  issued_by_name text NOT NULL,
  issued_at timestamptz NOT NULL,
  CONSTRAINT case_documents_number_key UNIQUE (county, kind, year, number),
  CONSTRAINT case_documents_county_check CHECK (area::text ^@ county::text AND length(county::text) <= 6)
);
CREATE INDEX case_documents_case_idx ON case_documents (case_id, id);
CREATE INDEX case_documents_area_idx ON case_documents (area, id);
SELECT protect_by_area('case_documents');
CREATE POLICY staff_issues ON case_documents AS RESTRICTIVE FOR INSERT TO portal_staff
  WITH CHECK (issued_by = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint));
GRANT SELECT, INSERT ON case_documents TO portal_staff;
CREATE TRIGGER case_documents_append_only BEFORE UPDATE OR DELETE ON case_documents
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A counter goes up by one, and stands at a number that a document has.
CREATE FUNCTION hold_document_numbers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.last <> OLD.last + 1 OR TG_OP = 'INSERT' AND NEW.last <> 0 THEN
    RAISE EXCEPTION 'document numbers go up by one' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER document_numbers_by_one BEFORE INSERT OR UPDATE ON document_numbers
  FOR EACH ROW EXECUTE FUNCTION hold_document_numbers();

CREATE FUNCTION hold_document_series() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM case_documents d WHERE d.county = NEW.area AND d.kind = NEW.kind
      AND d.year = NEW.year AND d.number = NEW.last)
  THEN
    RAISE EXCEPTION 'a document number was taken and no document has it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER document_numbers_used AFTER UPDATE ON document_numbers
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hold_document_series();

CREATE FUNCTION hold_document_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM document_numbers n WHERE n.area = NEW.county AND n.kind = NEW.kind
      AND n.year = NEW.year AND n.last = NEW.number)
  THEN
    RAISE EXCEPTION 'a document takes the number after the last' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER case_documents_next_number BEFORE INSERT ON case_documents
  FOR EACH ROW EXECUTE FUNCTION hold_document_number();

-- A document that was a mistake (作废): it stays, and so does its number.
CREATE TABLE case_document_voids (
  document_id bigint CONSTRAINT case_document_voids_key PRIMARY KEY REFERENCES case_documents,
  area area_code NOT NULL REFERENCES areas,
  reason text NOT NULL CHECK (char_length(reason) BETWEEN 2 AND 300),
  voided_by bigint NOT NULL REFERENCES accounts,
  voided_by_name text NOT NULL,
  voided_at timestamptz NOT NULL
);
SELECT protect_by_area('case_document_voids');
CREATE POLICY staff_voids ON case_document_voids AS RESTRICTIVE FOR INSERT TO portal_staff
  WITH CHECK (voided_by = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint));
GRANT SELECT, INSERT ON case_document_voids TO portal_staff;
CREATE TRIGGER case_document_voids_append_only BEFORE UPDATE OR DELETE ON case_document_voids
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
