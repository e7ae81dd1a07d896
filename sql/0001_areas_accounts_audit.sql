-- Areas, accounts, sessions and the audit log.
--
-- Settings that every transaction of the program makes (SET LOCAL, so gone at its end):
--   portal.area          area code prefix whose business rows may be seen ('' = none)
--   portal.account       id of the account that acts
--   portal.account_area  area code prefix whose accounts may be seen
--   portal.role          its role
--   portal.signing_in    account name that somebody is proving to own
--   portal.session       hex of the session token's hash
--   portal.follow_up     hex of a complaint's follow-up hash (citizens)

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO portal_staff, portal_public, portal_inspector;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- Row scope, said once: a row is seen by those whose area is a prefix of its own.
-- FORCE makes the owner subject to policies too, so it gets one of its own.
CREATE FUNCTION protect_by_area(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('CREATE POLICY owner_all ON %s TO portal_owner USING (true) WITH CHECK (true)', target);
  EXECUTE format(
    'CREATE POLICY staff_area ON %s TO portal_staff '
    'USING (area ^@ (SELECT NULLIF(current_setting(''portal.area'', true), ''''))) '
    'WITH CHECK (area ^@ (SELECT NULLIF(current_setting(''portal.area'', true), '''')))', target);
  EXECUTE format(
    'CREATE POLICY inspector_area ON %s FOR SELECT TO portal_inspector '
    'USING (area ^@ (SELECT NULLIF(current_setting(''portal.area'', true), '''')))', target);
  EXECUTE format('GRANT SELECT ON %s TO portal_inspector', target);
END $$;

CREATE DOMAIN area_code AS text COLLATE "C" CHECK (VALUE ~ '^[0-9]{2}([0-9]{2}([0-9]{2}([0-9]{3})?)?)?$');

-- GB/T 2260 codes (2, 4, 6 digits) and the 9-digit township extension. Names of places, no people.
CREATE TABLE areas (
  code area_code PRIMARY KEY,
  name text NOT NULL
);
GRANT SELECT ON areas TO portal_staff, portal_public, portal_inspector;

-- What the pages of one county say of themselves. Footer items are absent when NULL.
CREATE TABLE site_settings (
  area area_code PRIMARY KEY REFERENCES areas,
  county_name text NOT NULL,
  title text NOT NULL,
  bureaus text[] NOT NULL,
  organiser text,
  contact text,
  site_code text,
  icp_record text,
  police_record text,
  is_demo boolean NOT NULL DEFAULT false,
  small_count_below integer NOT NULL DEFAULT 5 CHECK (small_count_below BETWEEN 1 AND 100)
);
GRANT SELECT ON site_settings TO portal_staff, portal_public, portal_inspector;

CREATE TABLE accounts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account text NOT NULL CONSTRAINT accounts_account_key UNIQUE
    CHECK (account ~ '^[a-z][a-z0-9-]{1,31}$'),
  display_name text NOT NULL CHECK (char_length(display_name) BETWEEN 1 AND 60),
  role text NOT NULL CONSTRAINT accounts_role_check CHECK (role IN (
    'housing_officer', 'housing_lead', 'civil_affairs', 'natural_resources', 'public_security',
    'town_officer', 'counter_clerk', 'task_force', 'inspector', 'city_viewer',
    'system_admin', 'security_admin', 'audit_admin')),
  area area_code NOT NULL REFERENCES areas,
  must_change_password boolean NOT NULL DEFAULT true,
  disabled_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1
);
ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE accounts FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON accounts TO portal_owner USING (true) WITH CHECK (true);
CREATE POLICY staff_area ON accounts FOR SELECT TO portal_staff USING (
  area ^@ (SELECT NULLIF(current_setting('portal.account_area', true), ''))
  OR id = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint)
  OR account = (SELECT NULLIF(current_setting('portal.signing_in', true), '')));
-- The session look-up joins the account before anybody is known to act.
CREATE POLICY staff_session ON accounts FOR SELECT TO portal_staff USING (
  (SELECT NULLIF(current_setting('portal.session', true), '')) IS NOT NULL);
CREATE POLICY staff_own ON accounts FOR UPDATE TO portal_staff
  USING (id = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint));
CREATE POLICY staff_admin_insert ON accounts FOR INSERT TO portal_staff WITH CHECK (
  (SELECT current_setting('portal.role', true)) = 'system_admin'
  AND area ^@ (SELECT NULLIF(current_setting('portal.account_area', true), '')));
CREATE POLICY staff_admin_update ON accounts FOR UPDATE TO portal_staff USING (
  (SELECT current_setting('portal.role', true)) = 'system_admin'
  AND area ^@ (SELECT NULLIF(current_setting('portal.account_area', true), '')));
GRANT SELECT, INSERT ON accounts TO portal_staff;
GRANT UPDATE (must_change_password, disabled_at, version) ON accounts TO portal_staff;

-- Apart from accounts, so that a list of colleagues never comes near a hash.
CREATE TABLE account_passwords (
  account_id bigint PRIMARY KEY REFERENCES accounts,
  password_hash text NOT NULL CHECK (password_hash LIKE 'scrypt$%'),
  changed_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE account_passwords ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_passwords FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON account_passwords TO portal_owner USING (true) WITH CHECK (true);
CREATE POLICY staff_own ON account_passwords TO portal_staff USING (
  account_id = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint)
  OR account_id = (SELECT a.id FROM accounts a
                   WHERE a.account = NULLIF(current_setting('portal.signing_in', true), '')));
CREATE POLICY staff_admin ON account_passwords TO portal_staff
  USING ((SELECT current_setting('portal.role', true)) = 'system_admin'
    AND EXISTS (SELECT FROM accounts a WHERE a.id = account_id
      AND a.area ^@ (SELECT NULLIF(current_setting('portal.account_area', true), ''))));
GRANT SELECT, INSERT, UPDATE ON account_passwords TO portal_staff;

-- Only the SHA-256 of a token is kept. A row deleted is a session revoked, at once.
CREATE TABLE sessions (
  token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  account_id bigint NOT NULL REFERENCES accounts,
  created_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL
);
CREATE INDEX sessions_account_id_idx ON sessions (account_id);
CREATE INDEX sessions_last_seen_at_idx ON sessions (last_seen_at);
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE sessions FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON sessions TO portal_owner USING (true) WITH CHECK (true);
CREATE POLICY staff_token ON sessions TO portal_staff USING (
  token_hash = (SELECT decode(NULLIF(current_setting('portal.session', true), ''), 'hex')));
CREATE POLICY staff_own ON sessions TO portal_staff USING (
  account_id = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint));
CREATE POLICY staff_admin ON sessions FOR ALL TO portal_staff USING (
  (SELECT current_setting('portal.role', true)) IN ('system_admin', 'security_admin')
  AND EXISTS (SELECT FROM accounts a WHERE a.id = account_id
    AND a.area ^@ (SELECT NULLIF(current_setting('portal.account_area', true), ''))));
GRANT SELECT, INSERT, UPDATE (last_seen_at), DELETE ON sessions TO portal_staff;

-- Failed sign-ins by keyed hash of an account name or an address, unknown names included:
-- nobody can tell from here, or from how long it takes, which accounts exist.
CREATE TABLE sign_in_failures (
  subject bytea PRIMARY KEY CHECK (octet_length(subject) = 32),
  failures integer NOT NULL,
  last_failed_at timestamptz NOT NULL,
  locked_until timestamptz
);
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_failures TO portal_staff;

-- Who did what to which row, written in the transaction that did it. Personal fields arrive masked.
CREATE TABLE audit_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  origin text NOT NULL CHECK (origin IN ('staff', 'citizen', 'command')),
  account_id bigint REFERENCES accounts,
  account text,
  role text,
  area area_code NOT NULL,
  address text,
  action text NOT NULL,
  entity text NOT NULL,
  entity_id text,
  before jsonb,
  after jsonb,
  result text NOT NULL DEFAULT 'done' CHECK (result IN ('done', 'refused', 'failed')),
  reference text,
  -- An anonymous citizen leaves no address and no time finer than the hour, here as everywhere.
  CONSTRAINT audit_events_citizen_check CHECK (origin <> 'citizen' OR (
    account_id IS NULL AND account IS NULL AND address IS NULL AND reference IS NULL
    AND at = date_trunc('hour', at))),
  CONSTRAINT audit_events_staff_check CHECK (origin <> 'staff' OR account IS NOT NULL)
);
CREATE INDEX audit_events_entity_idx ON audit_events (entity, entity_id);
CREATE INDEX audit_events_at_idx ON audit_events (at);
CREATE INDEX audit_events_account_id_idx ON audit_events (account_id, id);
ALTER TABLE audit_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_events FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON audit_events TO portal_owner USING (true) WITH CHECK (true);
-- Nobody writes an event in another's name; before somebody is known, only attempts to sign in.
CREATE POLICY staff_write ON audit_events FOR INSERT TO portal_staff WITH CHECK (
  origin = 'staff' AND CASE
    WHEN NULLIF(current_setting('portal.account', true), '') IS NULL
      THEN action IN ('sign_in', 'lock_sign_in')
    ELSE account_id = current_setting('portal.account', true)::bigint
      AND role = current_setting('portal.role', true) END);
CREATE POLICY citizen_write ON audit_events FOR INSERT TO portal_public
  WITH CHECK (origin = 'citizen');
CREATE POLICY inspector_write ON audit_events FOR INSERT TO portal_inspector WITH CHECK (
  origin = 'staff' AND role = 'inspector'
  AND account_id = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint));
-- The audit administrator belongs to the bureaus. Events of citizens, and of inspectors who read
-- complaints, would tell that complaints of misconduct exist: they are the inspectors' alone.
CREATE POLICY audit_admin_read ON audit_events FOR SELECT TO portal_staff USING (
  (SELECT current_setting('portal.role', true)) = 'audit_admin'
  AND area ^@ (SELECT NULLIF(current_setting('portal.account_area', true), ''))
  AND origin <> 'citizen' AND NOT (role IS NOT DISTINCT FROM 'inspector' AND entity = 'complaints'));
CREATE POLICY inspector_read ON audit_events FOR SELECT TO portal_inspector USING (
  area ^@ (SELECT NULLIF(current_setting('portal.area', true), '')));
GRANT INSERT ON audit_events TO portal_staff, portal_public, portal_inspector;
GRANT SELECT ON audit_events TO portal_staff, portal_inspector;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE ON audit_events
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_events_no_truncate BEFORE TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
