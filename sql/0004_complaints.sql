-- Complaints (投诉举报). Ids and numbers are random, never counted up: a gap would tell the housing
-- bureau that somebody reported its staff. Times are cut to the hour: nothing here, nor in the audit
-- log, can be laid beside a camera's or an operator's record.

CREATE TABLE complaints (
  id bigint PRIMARY KEY CHECK (id > 0),
  area area_code NOT NULL REFERENCES areas,
  number text NOT NULL CONSTRAINT complaints_number_key UNIQUE,
  kind text NOT NULL CONSTRAINT complaints_kind_check CHECK (kind IN (
    'ineligible', 'sublet', 'lent', 'vacant', 'misconduct', 'suggestion', 'other')),
  channel text NOT NULL DEFAULT 'web' CHECK (channel IN ('web', 'phone', 'letter', 'visit')),
  estate_id bigint REFERENCES estates,
  address text CHECK (char_length(address) <= 200),
  description text NOT NULL CHECK (char_length(description) BETWEEN 1 AND 5000),
  is_named boolean NOT NULL,
  state text NOT NULL DEFAULT 'received' CONSTRAINT complaints_state_check CHECK (state IN (
    'received', 'accepted', 'not_accepted', 'finished')),
  received_at timestamptz NOT NULL CHECK (received_at = date_trunc('hour', received_at)),
  decided_at timestamptz,
  finished_at timestamptz,
  reason text,
  result text,
  assigned_to bigint REFERENCES accounts,
  submission_hash bytea NOT NULL CONSTRAINT complaints_submission_hash_key UNIQUE
    CHECK (octet_length(submission_hash) = 32),
  follow_up_hash bytea NOT NULL CONSTRAINT complaints_follow_up_hash_key UNIQUE
    CHECK (octet_length(follow_up_hash) = 32),
  digest bytea NOT NULL CHECK (octet_length(digest) = 32),
  signature bytea NOT NULL CHECK (octet_length(signature) = 64),
  signing_key text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  CHECK (state <> 'not_accepted' OR reason IS NOT NULL),
  CHECK ((state = 'finished') = (result IS NOT NULL)),
  CHECK ((state = 'finished') = (finished_at IS NOT NULL))
);
CREATE INDEX complaints_area_idx ON complaints (area, received_at DESC, id DESC);
SELECT protect_by_area('complaints');
-- Misconduct of staff: for the login that serves the bureaus such a row does not exist.
CREATE POLICY staff_no_misconduct ON complaints AS RESTRICTIVE TO portal_staff
  USING (kind <> 'misconduct') WITH CHECK (kind <> 'misconduct');
-- A citizen sees one complaint, the one whose code was presented.
CREATE POLICY citizen_own ON complaints FOR SELECT TO portal_public USING (
  follow_up_hash = (SELECT decode(NULLIF(current_setting('portal.follow_up', true), ''), 'hex')));
CREATE POLICY citizen_report ON complaints FOR INSERT TO portal_public
  WITH CHECK (state = 'received' AND channel = 'web' AND assigned_to IS NULL);
GRANT SELECT, INSERT ON complaints TO portal_staff;
GRANT UPDATE (state, decided_at, finished_at, reason, result, assigned_to, version)
  ON complaints TO portal_staff;
GRANT INSERT ON complaints TO portal_public;
GRANT SELECT (id, area, number, kind, estate_id, address, description, is_named, state, received_at,
  decided_at, finished_at, reason, result, follow_up_hash, submission_hash, digest, signature,
  signing_key) ON complaints TO portal_public;

-- Who a named complainant is, sealed and apart from what was said. No login reads it yet:
-- a reveal needs the lead's approval.
CREATE TABLE complaint_identities (
  complaint_id bigint PRIMARY KEY REFERENCES complaints,
  area area_code NOT NULL REFERENCES areas,
  name_sealed bytea NOT NULL,
  phone_sealed bytea NOT NULL
);
ALTER TABLE complaint_identities ENABLE ROW LEVEL SECURITY;
ALTER TABLE complaint_identities FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON complaint_identities TO portal_owner USING (true) WITH CHECK (true);
CREATE POLICY citizen_write ON complaint_identities FOR INSERT TO portal_public
  WITH CHECK (complaint_id IN (SELECT c.id FROM complaints c WHERE c.id = complaint_id));
CREATE POLICY staff_write ON complaint_identities FOR INSERT TO portal_staff WITH CHECK (
  area ^@ (SELECT NULLIF(current_setting('portal.area', true), '')));
GRANT INSERT ON complaint_identities TO portal_public, portal_staff;

-- Rows of a complaint are seen by whoever sees the complaint: its policies decide.
CREATE FUNCTION protect_by_complaint(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('CREATE POLICY owner_all ON %s TO portal_owner USING (true) WITH CHECK (true)', target);
  EXECUTE format(
    'CREATE POLICY with_complaint ON %s TO portal_staff, portal_public '
    'USING (complaint_id IN (SELECT c.id FROM complaints c WHERE c.id = complaint_id)) '
    'WITH CHECK (complaint_id IN (SELECT c.id FROM complaints c WHERE c.id = complaint_id))', target);
  EXECUTE format(
    'CREATE POLICY inspector_with_complaint ON %s FOR SELECT TO portal_inspector '
    'USING (complaint_id IN (SELECT c.id FROM complaints c WHERE c.id = complaint_id))', target);
  EXECUTE format('GRANT SELECT ON %s TO portal_inspector', target);
END $$;

-- The original, sealed, is evidence and never shown; the clean copy was decoded and drawn anew,
-- without metadata, and is sealed as well.
CREATE TABLE complaint_photos (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  complaint_id bigint NOT NULL REFERENCES complaints,
  position integer NOT NULL CHECK (position >= 1),
  original_sealed bytea NOT NULL,
  original_sha256 bytea NOT NULL CHECK (octet_length(original_sha256) = 32),
  original_type text NOT NULL CHECK (original_type IN ('image/jpeg', 'image/png', 'image/webp', 'image/heic')),
  clean_sealed bytea NOT NULL,
  CONSTRAINT complaint_photos_position_key UNIQUE (complaint_id, position)
);
ALTER TABLE complaint_photos ALTER COLUMN original_sealed SET STORAGE EXTERNAL;
ALTER TABLE complaint_photos ALTER COLUMN clean_sealed SET STORAGE EXTERNAL;
SELECT protect_by_complaint('complaint_photos');
-- No login that serves pages reads an original.
REVOKE SELECT ON complaint_photos FROM portal_inspector;
GRANT SELECT (id, complaint_id, position, original_sha256, original_type, clean_sealed)
  ON complaint_photos TO portal_staff, portal_public, portal_inspector;
GRANT INSERT ON complaint_photos TO portal_staff, portal_public;

CREATE TABLE complaint_messages (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  complaint_id bigint NOT NULL REFERENCES complaints,
  author text NOT NULL CHECK (author IN ('citizen', 'staff')),
  account_name text,
  body text NOT NULL CHECK (char_length(body) BETWEEN 1 AND 2000),
  posted_at timestamptz NOT NULL,
  submission_hash bytea NOT NULL CONSTRAINT complaint_messages_submission_hash_key UNIQUE,
  CHECK ((author = 'staff') = (account_name IS NOT NULL)),
  CHECK (author = 'staff' OR posted_at = date_trunc('hour', posted_at))
);
CREATE INDEX complaint_messages_complaint_id_idx ON complaint_messages (complaint_id, id);
SELECT protect_by_complaint('complaint_messages');
-- The public side writes what a citizen writes, never an answer of the bureau.
CREATE POLICY citizen_author ON complaint_messages AS RESTRICTIVE FOR INSERT TO portal_public
  WITH CHECK (author = 'citizen');
GRANT SELECT, INSERT ON complaint_messages TO portal_staff, portal_public;

CREATE TABLE complaint_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  complaint_id bigint NOT NULL REFERENCES complaints,
  at timestamptz NOT NULL,
  account_name text NOT NULL,
  action text NOT NULL,
  from_state text NOT NULL,
  to_state text NOT NULL,
  note text
);
CREATE INDEX complaint_events_complaint_id_idx ON complaint_events (complaint_id, id);
SELECT protect_by_complaint('complaint_events');
GRANT SELECT, INSERT ON complaint_events TO portal_staff;
CREATE TRIGGER complaint_events_append_only BEFORE UPDATE OR DELETE ON complaint_events
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
