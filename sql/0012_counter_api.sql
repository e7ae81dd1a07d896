-- The counter check (窗口核查) and the machine interface.

-- Settings besides those of 0001:
--   portal.api_token   hex of the hash of the bearer token that somebody presents

-- ---------------------------------------------------------------- counter checks

-- Every question, with its purpose. Of somebody who is not in the register only the blind index of the
-- number is kept, no name.
CREATE TABLE counter_checks (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Of the account that asks, which has a foreign key of its own: thousands of rows are written a second.
  area area_code NOT NULL,
  reference text NOT NULL CONSTRAINT counter_checks_reference_key UNIQUE,
  asked_at timestamptz NOT NULL,
  account_id bigint NOT NULL REFERENCES accounts,
  account_name text NOT NULL,
  -- The name of the token where a system asked.
  system text,
  -- How the system tells the question from others, so that it can send it again, and the hash of what it
  -- sent.
  token_id bigint,
  request_key text CHECK (char_length(request_key) BETWEEN 1 AND 200),
  request_hash bytea CHECK (octet_length(request_hash) = 32),
  purpose text NOT NULL CONSTRAINT counter_checks_purpose_check
    CHECK (purpose IN ('contract_filing', 'registration')),
  id_number_index bytea NOT NULL CHECK (octet_length(id_number_index) = 32),
  result text NOT NULL CONSTRAINT counter_checks_result_check
    CHECK (result IN ('not_protected', 'protected')),
  person_id bigint,
  household_id bigint,
  -- Whether the name given is the one in the register.
  name_matches boolean,
  finding_id bigint REFERENCES findings,
  released_at timestamptz,
  released_by bigint REFERENCES accounts,
  released_by_name text,
  release_reason text CHECK (char_length(release_reason) <= 500),
  -- The filing or registration that the clerk then made.
  filing_number text CHECK (char_length(filing_number) BETWEEN 1 AND 60),
  filed_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  CHECK ((result = 'protected') = (household_id IS NOT NULL)),
  CHECK (released_at IS NULL OR result = 'protected'),
  CHECK ((filing_number IS NULL) = (filed_at IS NULL))
);
CREATE INDEX counter_checks_area_idx ON counter_checks (area, id);
CREATE INDEX counter_checks_account_idx ON counter_checks (account_id, id);
CREATE UNIQUE INDEX counter_checks_request_key ON counter_checks (token_id, request_key)
  WHERE request_key IS NOT NULL;
CREATE INDEX counter_checks_waiting_idx ON counter_checks (area, id)
  WHERE result = 'protected' AND released_at IS NULL;
CREATE INDEX counter_checks_hits_idx ON counter_checks (area, id) WHERE result = 'protected';
SELECT protect_by_area('counter_checks');
GRANT SELECT, INSERT, UPDATE ON counter_checks TO portal_staff;
REVOKE SELECT ON counter_checks FROM portal_inspector;
CREATE SEQUENCE counter_check_numbers;
GRANT USAGE ON SEQUENCE counter_check_numbers TO portal_staff;
-- Who asks much and files little: the audit administrator counts the events by day.
CREATE INDEX audit_events_counter_idx ON audit_events (at)
  WHERE action IN ('counter.ask', 'counter.file');

-- ---------------------------------------------------------------- tokens

-- A token acts for an account, with no more than its permissions and its area. Only its hash is kept.
CREATE TABLE api_tokens (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  area area_code NOT NULL REFERENCES areas,
  account_id bigint NOT NULL REFERENCES accounts,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
  token_hash bytea NOT NULL CONSTRAINT api_tokens_token_hash_key UNIQUE
    CHECK (octet_length(token_hash) = 32),
  permissions text[] NOT NULL,
  created_by bigint REFERENCES accounts,
  created_by_name text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  revoked_by_name text,
  last_used_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  CHECK (expires_at > created_at)
);
ALTER TABLE api_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_tokens FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON api_tokens TO portal_owner USING (true) WITH CHECK (true);
CREATE POLICY staff_token ON api_tokens FOR SELECT TO portal_staff USING (
  token_hash = (SELECT decode(NULLIF(current_setting('portal.api_token', true), ''), 'hex')));
-- That it was used; a token that was revoked stays so.
CREATE POLICY staff_token_use ON api_tokens FOR UPDATE TO portal_staff USING (
  token_hash = (SELECT decode(NULLIF(current_setting('portal.api_token', true), ''), 'hex'))
  AND revoked_at IS NULL);
CREATE POLICY staff_admin ON api_tokens TO portal_staff USING (
  (SELECT current_setting('portal.role', true)) = 'system_admin'
  AND area ^@ (SELECT NULLIF(current_setting('portal.account_area', true), '')));
GRANT SELECT, INSERT ON api_tokens TO portal_staff;
GRANT UPDATE (revoked_at, revoked_by_name, last_used_at, version) ON api_tokens TO portal_staff;
CREATE INDEX api_tokens_area_idx ON api_tokens (area, id);
-- Whoever presents a token sees the account it acts for.
CREATE POLICY staff_api_token ON accounts FOR SELECT TO portal_staff USING (
  id = (SELECT t.account_id FROM api_tokens t
        WHERE t.token_hash = decode(NULLIF(current_setting('portal.api_token', true), ''), 'hex')));

-- What a request with an idempotency key was answered, so that it can be sent again.
CREATE TABLE api_requests (
  token_id bigint NOT NULL REFERENCES api_tokens,
  key text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 200),
  area area_code NOT NULL,
  request_hash bytea NOT NULL CHECK (octet_length(request_hash) = 32),
  status integer NOT NULL,
  -- Sealed: answers may name people.
  body_sealed bytea NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (token_id, key)
);
SELECT protect_by_area('api_requests');
GRANT SELECT, INSERT ON api_requests TO portal_staff;
REVOKE SELECT ON api_requests FROM portal_inspector;
