-- Imports: workbooks and CSV files that a county sends in for its register, from the upload to the
-- commit and, while nothing was built on it, back.

-- Settings besides those of 0001 and 0006:
--   portal.import_service   'on' while the portal looks for imports that wait or were broken off

-- An import reserves the numbers of its rows before it writes them.
GRANT USAGE ON SEQUENCE estates_id_seq, homes_id_seq, households_id_seq, persons_id_seq, leases_id_seq
  TO portal_staff;

CREATE TABLE imports (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Of the account that sent the file; what it may write is found in this area.
  area area_code NOT NULL REFERENCES areas,
  kind text NOT NULL CONSTRAINT imports_kind_check
    CHECK (kind IN ('estates', 'homes', 'households', 'leases')),
  state text NOT NULL CONSTRAINT imports_state_check CHECK (state IN (
    'repeated', 'uploaded', 'checking', 'checked', 'confirmed', 'committing', 'done', 'failed',
    'cancelled', 'undo_asked', 'undoing', 'undone')),
  file_name text NOT NULL CHECK (char_length(file_name) BETWEEN 1 AND 200),
  file_size bigint NOT NULL CHECK (file_size >= 0),
  file_hash bytea NOT NULL CHECK (octet_length(file_hash) = 32),
  -- Sent through the command line: the file is read there and not kept here.
  is_command boolean NOT NULL DEFAULT false,
  uploaded_by bigint NOT NULL REFERENCES accounts,
  uploaded_by_name text NOT NULL,
  uploaded_at timestamptz NOT NULL,
  -- What is going on, and how far: rows read of rows expected.
  phase text,
  rows_done bigint NOT NULL DEFAULT 0,
  rows_expected bigint,
  -- The run of the program that works on it. One that is not heard of for a while is taken to be dead.
  worker text,
  heard_at timestamptz,
  -- Why it stopped, or what happened to it.
  message text,
  -- What the last check found.
  row_count bigint,
  error_count bigint,
  warning_count bigint,
  bad_rows bigint,
  counts jsonb,
  -- Whether the good rows are taken and the others left out; nobody has chosen while NULL.
  good_rows_only boolean,
  confirmed_by bigint REFERENCES accounts,
  confirmed_by_name text,
  confirmed_at timestamptz,
  finished_at timestamptz,
  undone_by bigint REFERENCES accounts,
  undone_by_name text,
  undo_reason text CHECK (char_length(undo_reason) <= 500),
  undone_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
  CHECK ((undone_by IS NULL) = (undo_reason IS NULL)),
  CHECK ((worker IS NOT NULL) = (state IN ('checking', 'committing', 'undoing')))
);
CREATE INDEX imports_area_idx ON imports (area, id);
CREATE INDEX imports_file_hash_idx ON imports (file_hash);
CREATE INDEX imports_at_work_idx ON imports (state)
  WHERE state IN ('uploaded', 'checking', 'confirmed', 'committing', 'undo_asked', 'undoing');
SELECT protect_by_area('imports');
CREATE POLICY staff_service ON imports FOR SELECT TO portal_staff
  USING ((SELECT current_setting('portal.import_service', true)) = 'on');
GRANT SELECT, INSERT, UPDATE ON imports TO portal_staff;

-- The file, sealed piece by piece. It is dropped as soon as nobody needs it any more.
CREATE TABLE import_chunks (
  import_id bigint NOT NULL REFERENCES imports,
  area area_code NOT NULL,
  position integer NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (import_id, position)
);
-- What is sealed does not get smaller.
ALTER TABLE import_chunks ALTER COLUMN content SET STORAGE EXTERNAL;
SELECT protect_by_area('import_chunks');
GRANT SELECT, INSERT, DELETE ON import_chunks TO portal_staff;
REVOKE SELECT ON import_chunks FROM portal_inspector;

-- What the check found, by cause: all of it counted.
CREATE TABLE import_causes (
  import_id bigint NOT NULL REFERENCES imports,
  area area_code NOT NULL,
  severity text NOT NULL CONSTRAINT import_causes_severity_check
    CHECK (severity IN ('error', 'warning')),
  code text NOT NULL,
  title text NOT NULL,
  problems bigint NOT NULL CHECK (problems > 0),
  PRIMARY KEY (import_id, severity, code)
);
SELECT protect_by_area('import_causes');
GRANT SELECT, INSERT, DELETE ON import_causes TO portal_staff;

-- And row by row: the first of each cause. Values are masked where they are personal.
CREATE TABLE import_problems (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  import_id bigint NOT NULL REFERENCES imports,
  area area_code NOT NULL,
  severity text NOT NULL CONSTRAINT import_problems_severity_check
    CHECK (severity IN ('error', 'warning')),
  code text NOT NULL,
  title text NOT NULL,
  sheet text NOT NULL,
  line bigint NOT NULL,
  column_title text,
  shown text NOT NULL,
  message text NOT NULL
);
CREATE INDEX import_problems_import_id_idx ON import_problems (import_id, id);
SELECT protect_by_area('import_problems');
GRANT SELECT, INSERT, DELETE ON import_problems TO portal_staff;
REVOKE SELECT ON import_problems FROM portal_inspector;

-- What it would change of what the register holds, field by field, masked: the first thousand.
CREATE TABLE import_changes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  import_id bigint NOT NULL REFERENCES imports,
  area area_code NOT NULL,
  sheet text NOT NULL,
  line bigint NOT NULL,
  subject text NOT NULL,
  -- [{"field": …, "from": …, "to": …}]
  fields jsonb NOT NULL
);
CREATE INDEX import_changes_import_id_idx ON import_changes (import_id, id);
SELECT protect_by_area('import_changes');
GRANT SELECT, INSERT, DELETE ON import_changes TO portal_staff;
REVOKE SELECT ON import_changes FROM portal_inspector;

-- The rows that an import added, found again when it is taken back. Rows of no import are not in them.
CREATE INDEX estates_import_id_idx ON estates (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX homes_import_id_idx ON homes (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX leases_import_id_idx ON leases (import_id) WHERE import_id IS NOT NULL;

-- An import numbers what it adds in the order of the file: households and persons, of which there
-- are many, are found by their range instead of by an index of their own.
ALTER TABLE imports
  ADD COLUMN first_household bigint,
  ADD COLUMN last_household bigint,
  ADD COLUMN first_person bigint,
  ADD COLUMN last_person bigint;
