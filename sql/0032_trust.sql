-- What the staff's login may do when the program that uses it is taken over. It reads no password hash and no session,
-- makes no account and changes none: functions of a role that nobody logs in as do that, each for whoever shows what it
-- takes: the answer to a password, or the session of an administrator.
--
-- Settings besides those before:
--   portal.proof   what stands behind the account that acts: 'session:' and the hex of its token's hash, 'token:' and
--                  that of a bearer token's, 'job:' and a job's id
-- portal.session is asked for no more.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_keeper') THEN
    RAISE EXCEPTION 'the role portal_keeper is missing: run sql/roles.sql as a superuser first';
  END IF;
END $$;
GRANT USAGE ON SCHEMA public TO portal_keeper;

-- ---------------------------------------------------------------- who may read and write

-- From where somebody signed in or was seen last, and when they last proved that they know the password.
ALTER TABLE sessions
  ADD COLUMN address text CHECK (char_length(address) <= 60),
  ADD COLUMN password_at timestamptz;
UPDATE sessions SET password_at = created_at;
ALTER TABLE sessions ALTER password_at SET NOT NULL;

REVOKE ALL ON sessions, account_passwords FROM portal_staff;
REVOKE INSERT, UPDATE ON accounts FROM portal_staff;
REVOKE UPDATE (must_change_password, disabled_at, version) ON accounts FROM portal_staff;
REVOKE UPDATE (last_seen_at) ON sessions FROM portal_staff;
-- Who is signed in, for the two administrators who look after that.
GRANT SELECT (account_id, created_at, last_seen_at) ON sessions TO portal_staff;

DROP POLICY staff_own ON account_passwords;
DROP POLICY staff_admin ON account_passwords;
DROP POLICY staff_token ON sessions;
DROP POLICY staff_own ON sessions;
DROP POLICY staff_session ON accounts;
DROP POLICY staff_own ON accounts;
DROP POLICY staff_admin_insert ON accounts;
DROP POLICY staff_admin_update ON accounts;

CREATE POLICY keeper ON accounts TO portal_keeper USING (true);
CREATE POLICY keeper ON account_passwords TO portal_keeper USING (true);
CREATE POLICY keeper ON sessions TO portal_keeper USING (true);
GRANT SELECT, UPDATE (must_change_password, disabled_at, version) ON accounts TO portal_keeper;
GRANT SELECT, INSERT, UPDATE ON account_passwords TO portal_keeper;
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO portal_keeper;

-- ---------------------------------------------------------------- sessions

CREATE FUNCTION shown_session() RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN current_setting('portal.proof', true) ^@ 'session:'
    THEN decode(substr(current_setting('portal.proof', true), 9), 'hex') END;
$$;

-- The account of a session that runs.
CREATE FUNCTION running_session(token bytea, idle_since timestamptz, opened_since timestamptz)
RETURNS TABLE (id bigint, account text, display_name text, role text, area area_code,
  must_change_password boolean, last_seen_at timestamptz, address text, password_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT a.id, a.account, a.display_name, a.role, a.area, a.must_change_password, s.last_seen_at, s.address,
      s.password_at
    FROM sessions s JOIN accounts a ON a.id = s.account_id
    WHERE s.token_hash = token AND a.disabled_at IS NULL
      AND s.last_seen_at > idle_since AND s.created_at > opened_since;
END $$;

-- That a session was seen, and from where.
CREATE FUNCTION touch_session(token bytea, seen timestamptz, came_from text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE sessions SET last_seen_at = greatest(last_seen_at, seen), address = coalesce(came_from, address)
  WHERE token_hash = token;
END $$;

CREATE FUNCTION end_session(token bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM sessions WHERE token_hash = token;
END $$;

-- ---------------------------------------------------------------- passwords

-- What is needed to work out the answer to a password: method, cost and salt, without the hash.
CREATE FUNCTION password_terms(name text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN (SELECT substring(p.password_hash FROM '^(.*)\$[^$]*$')
    FROM accounts a JOIN account_passwords p ON p.account_id = a.id WHERE a.account = name);
END $$;

-- Opens a session for whoever has the right answer; no row for anybody else. Sessions of the account that have run
-- out go.
CREATE FUNCTION open_session(name text, answer text, token bytea, came_from text, opened timestamptz,
  idle_since timestamptz, opened_since timestamptz)
RETURNS TABLE (must_change_password boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  owner_id bigint;
  must_change boolean;
BEGIN
  SELECT a.id, a.must_change_password INTO owner_id, must_change
  FROM accounts a JOIN account_passwords p ON p.account_id = a.id
  WHERE a.account = name AND a.disabled_at IS NULL AND p.password_hash = answer
  FOR NO KEY UPDATE OF a;
  IF NOT FOUND THEN RETURN; END IF;
  DELETE FROM sessions s WHERE s.account_id = owner_id
    AND (s.last_seen_at <= idle_since OR s.created_at <= opened_since);
  INSERT INTO sessions (token_hash, account_id, created_at, last_seen_at, address, password_at)
  VALUES (token, owner_id, opened, opened, came_from, opened);
  RETURN QUERY SELECT must_change;
END $$;

-- Whether somebody who is signed in knows the password; their session remembers when they last did.
CREATE FUNCTION confirm_password(answer text, shown timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE sessions s SET password_at = shown
  FROM account_passwords p
  WHERE s.token_hash = shown_session() AND p.account_id = s.account_id AND p.password_hash = answer;
  RETURN FOUND;
END $$;

-- The same password at another cost: nothing else changes.
CREATE FUNCTION renew_password(answer text, renewed text, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE account_passwords p SET password_hash = renewed, changed_at = at
  FROM sessions s
  WHERE s.token_hash = shown_session() AND p.account_id = s.account_id AND p.password_hash = answer;
  RETURN FOUND;
END $$;

-- Another password in the place of one's own: every session of the account ends, a new one begins.
CREATE FUNCTION change_password(answer text, chosen text, token bytea, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  owner_id bigint;
  seen_from text;
BEGIN
  SELECT s.account_id, s.address INTO owner_id, seen_from FROM sessions s WHERE s.token_hash = shown_session();
  IF NOT FOUND THEN RETURN false; END IF;
  -- The account's row first, as sign-in and the administrators take it.
  UPDATE accounts SET must_change_password = false, version = version + 1 WHERE id = owner_id;
  UPDATE account_passwords SET password_hash = chosen, changed_at = at
  WHERE account_id = owner_id AND password_hash = answer;
  IF NOT FOUND THEN RAISE EXCEPTION 'the password is another one by now' USING ERRCODE = 'serialization_failure'; END IF;
  DELETE FROM sessions WHERE account_id = owner_id;
  INSERT INTO sessions (token_hash, account_id, created_at, last_seen_at, address, password_at)
  VALUES (token, owner_id, at, at, seen_from, at);
  RETURN true;
END $$;

-- ---------------------------------------------------------------- administrators

-- The administrator whose session is shown, if the account may be changed by them: in their area, and not their own.
CREATE FUNCTION administers(roles text[], target bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM sessions s JOIN accounts actor ON actor.id = s.account_id JOIN accounts a ON a.id = target
    WHERE s.token_hash = shown_session() AND actor.disabled_at IS NULL AND actor.role = ANY (roles)
      AND a.area ^@ actor.area::text);
END $$;

-- False when somebody else was faster.
CREATE FUNCTION disable_account(target bigint, seen_version integer, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT administers('{system_admin}', target) THEN RETURN false; END IF;
  UPDATE accounts SET disabled_at = at, version = version + 1
  WHERE id = target AND version = seen_version AND disabled_at IS NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  DELETE FROM sessions WHERE account_id = target;
  RETURN true;
END $$;

CREATE FUNCTION enable_account(target bigint, seen_version integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT administers('{system_admin}', target) THEN RETURN false; END IF;
  UPDATE accounts SET disabled_at = NULL, version = version + 1
  WHERE id = target AND version = seen_version AND disabled_at IS NOT NULL;
  RETURN FOUND;
END $$;

-- Whoever sets a password could sign in with it: so not for the administrators, who must stay apart.
CREATE FUNCTION reset_account_password(target bigint, seen_version integer, chosen text, at timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT administers('{system_admin}', target) THEN RETURN false; END IF;
  UPDATE accounts SET must_change_password = true, version = version + 1
  WHERE id = target AND version = seen_version AND role NOT IN ('system_admin', 'security_admin', 'audit_admin');
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO account_passwords (account_id, password_hash, changed_at) VALUES (target, chosen, at)
  ON CONFLICT (account_id) DO UPDATE SET password_hash = excluded.password_hash, changed_at = excluded.changed_at;
  DELETE FROM sessions WHERE account_id = target;
  RETURN true;
END $$;

-- How many there were.
CREATE FUNCTION end_account_sessions(target bigint) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE ended integer;
BEGIN
  IF NOT administers('{system_admin,security_admin}', target) THEN RETURN 0; END IF;
  DELETE FROM sessions WHERE account_id = target;
  GET DIAGNOSTICS ended = ROW_COUNT;
  RETURN ended;
END $$;

GRANT EXECUTE ON FUNCTION running_session(bytea, timestamptz, timestamptz),
  touch_session(bytea, timestamptz, text), end_session(bytea), password_terms(text),
  open_session(text, text, bytea, text, timestamptz, timestamptz, timestamptz), confirm_password(text, timestamptz),
  renew_password(text, text, timestamptz), change_password(text, text, bytea, timestamptz),
  disable_account(bigint, integer, timestamptz), enable_account(bigint, integer),
  reset_account_password(bigint, integer, text, timestamptz), end_account_sessions(bigint) TO portal_staff;
-- A token acts for an account: issued by an administrator who is signed in, whatever the program says of itself.
GRANT EXECUTE ON FUNCTION administers(text[], bigint) TO portal_staff;
CREATE POLICY staff_by_administrator ON api_tokens AS RESTRICTIVE FOR INSERT TO portal_staff
  WITH CHECK (administers('{system_admin}', account_id));

GRANT CREATE ON SCHEMA public TO portal_keeper;
ALTER FUNCTION shown_session() OWNER TO portal_keeper;
ALTER FUNCTION running_session(bytea, timestamptz, timestamptz) OWNER TO portal_keeper;
ALTER FUNCTION touch_session(bytea, timestamptz, text) OWNER TO portal_keeper;
ALTER FUNCTION end_session(bytea) OWNER TO portal_keeper;
ALTER FUNCTION password_terms(text) OWNER TO portal_keeper;
ALTER FUNCTION open_session(text, text, bytea, text, timestamptz, timestamptz, timestamptz) OWNER TO portal_keeper;
ALTER FUNCTION confirm_password(text, timestamptz) OWNER TO portal_keeper;
ALTER FUNCTION renew_password(text, text, timestamptz) OWNER TO portal_keeper;
ALTER FUNCTION change_password(text, text, bytea, timestamptz) OWNER TO portal_keeper;
ALTER FUNCTION administers(text[], bigint) OWNER TO portal_keeper;
ALTER FUNCTION disable_account(bigint, integer, timestamptz) OWNER TO portal_keeper;
ALTER FUNCTION enable_account(bigint, integer) OWNER TO portal_keeper;
ALTER FUNCTION reset_account_password(bigint, integer, text, timestamptz) OWNER TO portal_keeper;
ALTER FUNCTION end_account_sessions(bigint) OWNER TO portal_keeper;
REVOKE CREATE ON SCHEMA public FROM portal_keeper;

-- ---------------------------------------------------------------- jobs

-- Whether the try that is under way has begun: what was claimed and no more, as when the connection is lost at that
-- moment, is done by whoever comes next, whatever its kind.
ALTER TABLE jobs ADD COLUMN is_begun boolean NOT NULL DEFAULT true;
GRANT UPDATE (is_begun) ON jobs TO portal_staff;
-- A job is entered in one's own name, or in that of the schedule that is due.
CREATE POLICY staff_in_own_name ON jobs AS RESTRICTIVE FOR INSERT TO portal_staff WITH CHECK (
  account_id = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint)
  OR due_at IS NOT NULL AND EXISTS (SELECT FROM job_schedules s
    WHERE s.kind = jobs.kind AND s.area = jobs.area AND s.account_id = jobs.account_id));
CREATE POLICY staff_in_own_name ON job_schedules AS RESTRICTIVE FOR INSERT TO portal_staff WITH CHECK (
  account_id = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint));
REVOKE UPDATE ON job_schedules FROM portal_staff;
-- What a job was told (where its file lies, from where it was asked for) is no inspector's matter.
REVOKE SELECT ON jobs FROM portal_inspector;
GRANT SELECT (id, kind, subject, area, account_id, lane, state, heard_at, attempts, not_before, phase, done, expected,
  message, cancel_asked_at, due_at, entered_at, finished_at) ON jobs TO portal_inspector;
