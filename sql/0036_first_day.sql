-- A county's first day: a one-time link sets it up with its three administrators, the system administrator makes and
-- corrects accounts, and looks after the county's areas and what its pages say of it. As since 0032, the staff's login
-- does none of this itself: functions of portal_keeper do, each for whoever shows what it takes.

-- ---------------------------------------------------------------- one-time links

-- Only the SHA-256 of a link's token is kept. Whoever operates the portal makes it by command.
CREATE TABLE setup_links (
  token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  made_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL CHECK (ends_at > made_at),
  used_at timestamptz,
  used_for area_code REFERENCES areas,
  CHECK ((used_at IS NULL) = (used_for IS NULL))
);
ALTER TABLE setup_links ENABLE ROW LEVEL SECURITY;
ALTER TABLE setup_links FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON setup_links TO portal_owner USING (true) WITH CHECK (true);
CREATE POLICY keeper ON setup_links TO portal_keeper USING (true);
GRANT SELECT, UPDATE (used_at, used_for) ON setup_links TO portal_keeper;

ALTER TABLE areas ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE site_settings ADD COLUMN version integer NOT NULL DEFAULT 1;
GRANT SELECT, INSERT, UPDATE (name, version) ON areas TO portal_keeper;
GRANT SELECT, INSERT,
  UPDATE (county_name, title, organiser, contact, site_code, icp_record, police_record, version)
  ON site_settings TO portal_keeper;
GRANT INSERT, UPDATE (display_name, role, area) ON accounts TO portal_keeper;
-- What a county was set up with stands in the log although nobody was signed in yet.
GRANT INSERT ON audit_events TO portal_keeper;

-- 'open', 'used', 'over' (its hour has passed) or 'unknown'.
CREATE FUNCTION setup_link_state(shown bytea, at timestamptz) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN coalesce((
    SELECT CASE WHEN l.used_at IS NOT NULL THEN 'used' WHEN l.ends_at <= audit_clock(at) THEN 'over' ELSE 'open' END
    FROM setup_links l WHERE l.token_hash = shown), 'unknown');
END $$;

-- Sets a county up: the areas that it lies in and holds, what its pages say, and its three administrators, each with
-- the hash of a first password. All of it or nothing; the answer is that of setup_link_state, 'exists' for a county
-- that is there already, or 'done'.
CREATE FUNCTION set_up_county(shown bytea, at timestamptz, came_from text, county area_code, places jsonb,
  site jsonb, administrators jsonb) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  state text;
  place record;
  one record;
  made bigint;
  moment timestamptz := audit_clock(at);
  county_name text;
BEGIN
  -- One at a time: whoever comes second finds what the first has made.
  PERFORM pg_advisory_xact_lock(3601);
  PERFORM FROM setup_links l WHERE l.token_hash = shown FOR UPDATE;
  state := setup_link_state(shown, at);
  IF state <> 'open' THEN RETURN state; END IF;
  IF EXISTS (SELECT FROM site_settings s WHERE s.area = county) THEN RETURN 'exists'; END IF;
  IF length(county) <> 6
    OR (SELECT array_agg(p ->> 'role' ORDER BY p ->> 'role') FROM jsonb_array_elements(administrators) p)
      IS DISTINCT FROM '{audit_admin,security_admin,system_admin}'::text[] THEN
    RAISE EXCEPTION 'a county has three administrators' USING ERRCODE = 'insufficient_privilege';
  END IF;
  FOR place IN SELECT p ->> 'code' AS code, p ->> 'name' AS name FROM jsonb_array_elements(places) p LOOP
    IF NOT (place.code ^@ county::text OR county ^@ place.code) THEN
      RAISE EXCEPTION 'an area outside of the county' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- An area that was called by its code gets its name.
    INSERT INTO areas AS a (code, name) VALUES (place.code, place.name)
    ON CONFLICT (code) DO UPDATE SET name = excluded.name WHERE a.name = a.code::text;
    IF place.code = county::text THEN county_name := place.name; END IF;
  END LOOP;
  INSERT INTO site_settings (area, county_name, title, bureaus, organiser, contact)
  VALUES (county, county_name, site ->> 'title',
    (SELECT array_agg(b ORDER BY n) FROM jsonb_array_elements_text(site -> 'bureaus') WITH ORDINALITY AS t (b, n)),
    site ->> 'organiser', site ->> 'contact');
  INSERT INTO audit_events (at, origin, account, area, address, action, entity, entity_id, after)
  VALUES (moment, 'command', 'set-up page', county, came_from, 'county.create', 'site_settings', county,
    jsonb_build_object('name', county_name, 'townships', (
      SELECT count(*)::text FROM jsonb_array_elements(places) p WHERE length(p ->> 'code') = 9)));
  FOR one IN SELECT p ->> 'account' AS account, p ->> 'display_name' AS display_name, p ->> 'role' AS role,
    p ->> 'hash' AS hash FROM jsonb_array_elements(administrators) p LOOP
    INSERT INTO accounts (account, display_name, role, area, must_change_password, created_at)
    VALUES (one.account, one.display_name, one.role, county, true, moment) RETURNING id INTO made;
    INSERT INTO account_passwords (account_id, password_hash, changed_at) VALUES (made, one.hash, moment);
    INSERT INTO audit_events (at, origin, account, area, address, action, entity, entity_id, after)
    VALUES (moment, 'command', 'set-up page', county, came_from, 'account.create', 'accounts', made::text,
      jsonb_build_object('account', one.account, 'display_name', one.display_name, 'role', one.role, 'area', county));
  END LOOP;
  UPDATE setup_links SET used_at = moment, used_for = county WHERE token_hash = shown;
  -- Public pages are drawn anew, here as below.
  PERFORM pg_notify('releases', '');
  RETURN 'done';
END $$;

-- A county that a page adds counts its own households as one that a command adds: only the owner makes a sequence.
ALTER FUNCTION number_new_county() SECURITY DEFINER SET search_path = public, pg_temp;

-- ---------------------------------------------------------------- accounts

-- Whether the administrator whose session is shown looks after an area.
CREATE FUNCTION administers_area(roles text[], place area_code) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM sessions s JOIN accounts actor ON actor.id = s.account_id
    WHERE s.token_hash = shown_session() AND actor.disabled_at IS NULL AND actor.role = ANY (roles)
      AND place ^@ actor.area::text);
END $$;

-- The new account; NULL where it is not for the one who asks to make. An administrator is made by nobody here: whoever
-- makes an account knows its first password, and the three must stay apart.
CREATE FUNCTION create_account(name text, shown_name text, given_role text, given_area area_code, chosen text,
  at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE made bigint;
BEGIN
  IF NOT administers_area('{system_admin}', given_area)
    OR given_role IN ('system_admin', 'security_admin', 'audit_admin') THEN RETURN NULL; END IF;
  INSERT INTO accounts (account, display_name, role, area, must_change_password, created_at)
  VALUES (name, shown_name, given_role, given_area, true, at) RETURNING id INTO made;
  INSERT INTO account_passwords (account_id, password_hash, changed_at) VALUES (made, chosen, at);
  RETURN made;
END $$;

-- False when somebody else was faster. Nobody becomes an administrator here, or ceases to be one; what one is called
-- may be put right.
CREATE FUNCTION correct_account(target bigint, seen_version integer, shown_name text, given_role text,
  given_area area_code) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE administrators text[] := '{system_admin,security_admin,audit_admin}';
BEGIN
  IF NOT administers('{system_admin}', target) OR NOT administers_area('{system_admin}', given_area) THEN
    RETURN false;
  END IF;
  UPDATE accounts SET display_name = shown_name, role = given_role, area = given_area, version = version + 1
  WHERE id = target AND version = seen_version
    AND (role = given_role AND area = given_area
      OR role <> ALL (administrators) AND given_role <> ALL (administrators));
  RETURN FOUND;
END $$;

-- ---------------------------------------------------------------- areas and what pages say

-- A township of a county that is there, or a county of one's city with what its pages say. False where it is there
-- already.
CREATE FUNCTION add_area(place area_code, called text, site jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT administers_area('{system_admin}', place) OR length(place) NOT IN (6, 9)
    OR NOT EXISTS (SELECT FROM areas a WHERE a.code = substr(place, 1, CASE length(place) WHEN 9 THEN 6 ELSE 4 END))
  THEN
    RAISE EXCEPTION 'not an area for this administrator' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO areas (code, name) VALUES (place, called) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN false; END IF;
  IF length(place) = 6 THEN
    INSERT INTO site_settings (area, county_name, title, bureaus)
    VALUES (place, called, site ->> 'title',
      (SELECT array_agg(b ORDER BY n) FROM jsonb_array_elements_text(site -> 'bureaus') WITH ORDINALITY AS t (b, n)));
  END IF;
  RETURN true;
END $$;

-- False when somebody else was faster.
CREATE FUNCTION rename_area(place area_code, seen_version integer, called text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT administers_area('{system_admin}', place) THEN RETURN false; END IF;
  UPDATE areas a SET name = called, version = a.version + 1 WHERE a.code = place AND a.version = seen_version;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE site_settings s SET county_name = called, version = s.version + 1 WHERE s.area = place;
  PERFORM pg_notify('releases', '');
  RETURN true;
END $$;

-- False when somebody else was faster.
CREATE FUNCTION change_site(place area_code, seen_version integer, heading text, run_by text, reached_at text,
  code_of_site text, icp text, police text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT administers_area('{system_admin}', place) THEN RETURN false; END IF;
  UPDATE site_settings s SET title = heading, organiser = run_by, contact = reached_at, site_code = code_of_site,
    icp_record = icp, police_record = police, version = s.version + 1
  WHERE s.area = place AND s.version = seen_version;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM pg_notify('releases', '');
  RETURN true;
END $$;

GRANT EXECUTE ON FUNCTION setup_link_state(bytea, timestamptz),
  set_up_county(bytea, timestamptz, text, area_code, jsonb, jsonb, jsonb), administers_area(text[], area_code),
  create_account(text, text, text, area_code, text, timestamptz),
  correct_account(bigint, integer, text, text, area_code), add_area(area_code, text, jsonb),
  rename_area(area_code, integer, text),
  change_site(area_code, integer, text, text, text, text, text, text) TO portal_staff;

GRANT CREATE ON SCHEMA public TO portal_keeper;
ALTER FUNCTION setup_link_state(bytea, timestamptz) OWNER TO portal_keeper;
ALTER FUNCTION set_up_county(bytea, timestamptz, text, area_code, jsonb, jsonb, jsonb) OWNER TO portal_keeper;
ALTER FUNCTION administers_area(text[], area_code) OWNER TO portal_keeper;
ALTER FUNCTION create_account(text, text, text, area_code, text, timestamptz) OWNER TO portal_keeper;
ALTER FUNCTION correct_account(bigint, integer, text, text, area_code) OWNER TO portal_keeper;
ALTER FUNCTION add_area(area_code, text, jsonb) OWNER TO portal_keeper;
ALTER FUNCTION rename_area(area_code, integer, text) OWNER TO portal_keeper;
ALTER FUNCTION change_site(area_code, integer, text, text, text, text, text, text) OWNER TO portal_keeper;
REVOKE CREATE ON SCHEMA public FROM portal_keeper;
