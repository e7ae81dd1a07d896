-- Today's schema, written by deploy/schema; do not edit. What counts are the migrations beside it, and what they say
-- of why. Roles: roles.sql.

CREATE DOMAIN public.area_code AS text COLLATE pg_catalog."C"
	CONSTRAINT area_code_check CHECK ((VALUE ~ '^[0-9]{2}([0-9]{2}([0-9]{2}([0-9]{3})?)?)?$'::text));

CREATE DOMAIN public.bureau AS text
	CONSTRAINT bureau_list CHECK ((VALUE = ANY (ARRAY['housing'::text, 'civil_affairs'::text, 'natural_resources'::text, 'public_security'::text])));

CREATE DOMAIN public.check_result AS text
	CONSTRAINT check_result_list CHECK ((VALUE = ANY (ARRAY['clear'::text, 'hit'::text, 'not_found'::text])));

CREATE FUNCTION public.check_types() RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT ARRAY['marriage', 'income', 'assets', 'registered_property', 'vehicles',
    'household_registration', 'signed_contracts', 'other_housing', 'rent_arrears', 'utilities',
    'payroll', 'allocation_list', 'deaths', 'business_registration', 'social_security',
    'housing_fund'];
$$;

CREATE DOMAIN public.check_type AS text
	CONSTRAINT check_type_list CHECK ((VALUE = ANY (public.check_types())));

CREATE DOMAIN public.exit_nature AS text
	CONSTRAINT exit_nature_list CHECK ((VALUE = ANY (ARRAY['purchased_home'::text, 'over_limit'::text, 'sublet'::text, 'lent'::text, 'vacant'::text, 'arrears'::text, 'deceit'::text, 'other'::text])));

CREATE DOMAIN public.finding_rule AS text
	CONSTRAINT finding_rule_list CHECK ((VALUE = ANY (ARRAY['R1'::text, 'R2'::text, 'R3'::text, 'R4'::text, 'R5'::text, 'R6'::text, 'R7'::text, 'R8'::text, 'R9'::text, 'R10'::text])));

CREATE DOMAIN public.vacancy_reason AS text
	CONSTRAINT vacancy_reason_list CHECK ((VALUE = ANY (ARRAY['working_away'::text, 'hospital'::text, 'study'::text, 'military'::text, 'prison'::text, 'other'::text])));

CREATE FUNCTION public.add_area(place public.area_code, called text, site jsonb) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.administers(roles text[], target bigint) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM sessions s JOIN accounts actor ON actor.id = s.account_id JOIN accounts a ON a.id = target
    WHERE s.token_hash = shown_session() AND actor.disabled_at IS NULL AND actor.role = ANY (roles)
      AND a.id <> actor.id AND a.area ^@ actor.area::text);
END $$;

CREATE FUNCTION public.administers_area(roles text[], place public.area_code) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM sessions s JOIN accounts actor ON actor.id = s.account_id
    WHERE s.token_hash = shown_session() AND actor.disabled_at IS NULL AND actor.role = ANY (roles)
      AND place ^@ actor.area::text);
END $$;

CREATE FUNCTION public.allow_undo(target regclass) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
  EXECUTE format(
    'CREATE POLICY staff_undo_only ON %s AS RESTRICTIVE FOR DELETE TO portal_staff '
    'USING (import_id = (SELECT NULLIF(current_setting(''portal.undo_import'', true), '''')::bigint))',
    target);
  EXECUTE format('GRANT DELETE ON %s TO portal_staff', target);
END $$;

CREATE FUNCTION public.announce_holidays(place public.area_code, for_year integer, seen bigint, named text, off date[], worked date[], at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE called text;
BEGIN
  IF NOT administers_area('{system_admin}', place) THEN
    RAISE EXCEPTION 'not an area for this administrator' USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- One at a time: whoever comes second finds what the first has announced.
  PERFORM pg_advisory_xact_lock(4401);
  IF EXISTS (SELECT FROM holiday_years h WHERE h.area = place AND h.year = for_year AND h.id > seen) THEN
    RETURN false;
  END IF;
  SELECT a.display_name INTO called FROM sessions s JOIN accounts a ON a.id = s.account_id
  WHERE s.token_hash = shown_session();
  INSERT INTO holiday_years (area, year, document, days_off, workdays, set_by_name, set_at)
  VALUES (place, for_year, named, off, worked, called, audit_clock(at));
  RETURN true;
END $$;

CREATE FUNCTION public.announce_job() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  PERFORM pg_notify('jobs', NEW.kind);
  RETURN NULL;
END $$;

CREATE FUNCTION public.audit_clock(claimed timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $$
  SELECT clock_timestamp();
$$;

CREATE FUNCTION public.blur_photo_job() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  NEW.entered_at := date_trunc('hour', NEW.entered_at);
  NEW.finished_at := date_trunc('hour', NEW.finished_at);
  IF NEW.state <> 'running' THEN NEW.heard_at := date_trunc('hour', NEW.heard_at); END IF;
  IF NEW.finished_at IS NOT NULL THEN
    NEW.not_before := NULL;
    NEW.done := 0;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.calendar_feed() RETURNS TABLE(made_at timestamp with time zone, read_at timestamp with time zone)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  RETURN QUERY SELECT f.made_at, f.read_at FROM calendar_feeds f JOIN sessions s ON s.account_id = f.account_id
  WHERE s.token_hash = shown_session() AND f.revoked_at IS NULL;
END $$;

CREATE FUNCTION public.calendar_reader(token bytea, at timestamp with time zone) RETURNS TABLE(id bigint, account text, display_name text, role text, area public.area_code)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
BEGIN
  UPDATE calendar_feeds f SET read_at = date_trunc('hour', at)
  WHERE f.token_hash = token AND f.revoked_at IS NULL AND f.read_at IS DISTINCT FROM date_trunc('hour', at);
  RETURN QUERY SELECT a.id, a.account, a.display_name, a.role, a.area
  FROM calendar_feeds f JOIN accounts a ON a.id = f.account_id
  WHERE f.token_hash = token AND f.revoked_at IS NULL AND a.disabled_at IS NULL;
END $$;

CREATE FUNCTION public.case_needs_two(before text, after text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT after IN ('unfounded', 'withdrawn', 'closed') AND before <> after
    OR (before, after) IN (('suspected', 'verified'), ('noticed', 'decided'),
      ('decided', 'verified'), ('moving', 'verified'), ('refused', 'verified'),
      ('demanded', 'verified'))
$$;

CREATE FUNCTION public.change_password(answer text, chosen text, token bytea, at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.change_site(place public.area_code, seen_version integer, heading text, run_by text, reached_at text, code_of_site text, icp text, police text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  IF NOT administers_area('{system_admin}', place) THEN RETURN false; END IF;
  UPDATE site_settings s SET title = heading, organiser = run_by, contact = reached_at, site_code = code_of_site,
    icp_record = icp, police_record = police, version = s.version + 1
  WHERE s.area = place AND s.version = seen_version;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM pg_notify('releases', '');
  RETURN true;
END $$;

CREATE FUNCTION public.close_calendar_feed(at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE calendar_feeds f SET revoked_at = audit_clock(at)
  FROM sessions s WHERE s.token_hash = shown_session() AND f.account_id = s.account_id AND f.revoked_at IS NULL;
  RETURN FOUND;
END $$;

CREATE FUNCTION public.complete_audit_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
  is_login boolean := session_user IN ('portal_staff', 'portal_public', 'portal_inspector');
  actor record;
  behind record;
BEGIN
  IF is_login THEN
    NEW.id := NULL;
    NEW.proof := NULL;
    NEW.at := audit_clock(NEW.at);
    IF NEW.origin = 'citizen' THEN
      -- The hour begins in China when it begins in Greenwich.
      NEW.at := date_trunc('hour', NEW.at);
    ELSIF NEW.account_id IS NOT NULL THEN
      SELECT a.account, a.role, a.area INTO actor FROM accounts a WHERE a.id = NEW.account_id;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'an event of no account' USING ERRCODE = 'insufficient_privilege';
      END IF;
      NEW.account := actor.account;
      NEW.role := actor.role;
      IF NOT NEW.area ^@ actor.area::text THEN NEW.area := actor.area; END IF;
      behind := proof_of(NEW.account_id);
      NEW.proof := behind.kind;
      IF behind.kind IS NOT NULL THEN NEW.address := coalesce(behind.address, NEW.address); END IF;
    END IF;
  END IF;
  IF NEW.id IS NULL THEN
    IF NEW.origin = 'citizen' OR NEW.role IS NOT DISTINCT FROM 'inspector' AND NEW.entity = 'complaints' THEN
      -- Above 2^40, of a generator whose numbers do not tell what came before: those of random() do.
      NEW.id := 1099511627776
        + ('x' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 12))::bit(48)::bigint;
    ELSE
      NEW.id := nextval('audit_event_numbers');
    END IF;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.confirm_password(answer text, shown timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE sessions s SET password_at = shown
  FROM account_passwords p
  WHERE s.token_hash = shown_session() AND p.account_id = s.account_id AND p.password_hash = answer;
  RETURN FOUND;
END $$;

CREATE FUNCTION public.correct_account(target bigint, seen_version integer, shown_name text, given_role text, given_area public.area_code) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.count_household_people(ids bigint[]) RETURNS void
    LANGUAGE sql
    AS $$
  UPDATE households h SET applicant = n.applicant, members = n.members
  FROM (SELECT i.id, min(p.name) FILTER (WHERE p.relation = 'applicant') AS applicant,
          count(p.id)::integer AS members
        FROM (SELECT DISTINCT unnest(ids) AS id) i
        LEFT JOIN persons p ON p.household_id = i.id AND p.left_on IS NULL
        GROUP BY i.id) n
  WHERE h.id = n.id AND (h.applicant, h.members) IS DISTINCT FROM (n.applicant, n.members)
$$;

CREATE FUNCTION public.count_review_progress(round bigint) RETURNS void
    LANGUAGE sql
    AS $$
  INSERT INTO review_progress AS p (round_id, area, estate_id, check_type, households, clear, hit, not_found)
  SELECT f.round_id, f.area, f.estate_id, t.check_type, f.households, coalesce(a.clear, 0),
    coalesce(a.hit, 0), coalesce(a.not_found, 0)
  FROM (SELECT round_id, area, estate_id, count(*) AS households
        FROM review_households WHERE round_id = round GROUP BY 1, 2, 3) f
  CROSS JOIN unnest(owed_check_types()) AS t (check_type)
  LEFT JOIN (
    SELECT f.area, f.estate_id, k.check_type,
      count(*) FILTER (WHERE result = 'clear') AS clear, count(*) FILTER (WHERE result = 'hit') AS hit,
      count(*) FILTER (WHERE result = 'not_found') AS not_found
    FROM (SELECT DISTINCT ON (household_id, check_type) household_id, check_type, result
          FROM checks WHERE round_id = round
          ORDER BY household_id, check_type, sequence DESC) k
    JOIN review_households f ON f.round_id = round AND f.household_id = k.household_id
    GROUP BY 1, 2, 3) a
    ON a.area = f.area AND a.estate_id = f.estate_id AND a.check_type = t.check_type
  ON CONFLICT (round_id, area, estate_id, check_type) DO UPDATE
  SET households = EXCLUDED.households, clear = EXCLUDED.clear, hit = EXCLUDED.hit,
    not_found = EXCLUDED.not_found
$$;

CREATE FUNCTION public.create_account(name text, shown_name text, given_role text, given_area public.area_code, chosen text, at timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE made bigint;
BEGIN
  IF NOT administers_area('{system_admin}', given_area)
    OR given_role IN ('system_admin', 'security_admin', 'audit_admin') THEN RETURN NULL; END IF;
  INSERT INTO accounts (account, display_name, role, area, must_change_password, created_at)
  VALUES (name, shown_name, given_role, given_area, true, at) RETURNING id INTO made;
  INSERT INTO account_passwords (account_id, password_hash, changed_at) VALUES (made, chosen, at);
  RETURN made;
END $$;

CREATE FUNCTION public.disable_account(target bigint, seen_version integer, at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  IF NOT administers('{system_admin}', target) THEN RETURN false; END IF;
  UPDATE accounts SET disabled_at = at, version = version + 1
  WHERE id = target AND version = seen_version AND disabled_at IS NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  DELETE FROM sessions WHERE account_id = target;
  RETURN true;
END $$;

CREATE FUNCTION public.enable_account(target bigint, seen_version integer) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  IF NOT administers('{system_admin}', target) THEN RETURN false; END IF;
  UPDATE accounts SET disabled_at = NULL, version = version + 1
  WHERE id = target AND version = seen_version AND disabled_at IS NOT NULL;
  RETURN FOUND;
END $$;

CREATE FUNCTION public.end_account_sessions(target bigint) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE ended integer;
BEGIN
  IF NOT administers('{system_admin,security_admin}', target) THEN RETURN 0; END IF;
  DELETE FROM sessions WHERE account_id = target;
  GET DIAGNOSTICS ended = ROW_COUNT;
  RETURN ended;
END $$;

CREATE FUNCTION public.end_session(token bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  DELETE FROM sessions WHERE token_hash = token;
END $$;

CREATE FUNCTION public.erase_removed_files() RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  WITH erased AS (
    UPDATE files SET original_sealed = NULL, clean_sealed = NULL, thumbnail_sealed = NULL, erased_at = now()
    WHERE erased_at IS NULL AND state <> 'waiting' AND removed_at < now() - interval '30 days' RETURNING 1)
  SELECT count(*) FROM erased
$$;

CREATE FUNCTION public.file_arrived() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  -- A job that is just ending may miss what is just coming in; whoever looks every few seconds does not.
  IF NOT EXISTS (SELECT FROM jobs WHERE id = 0 AND state IN ('waiting', 'running')) THEN
    PERFORM wake_file_work();
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION public.files_waiting(in_queue integer, OUT everywhere bigint, OUT here bigint) RETURNS record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  SELECT count(*), count(*) FILTER (WHERE queue = in_queue) FROM files WHERE state = 'waiting'
$$;

CREATE FUNCTION public.forget_deleted() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  DELETE FROM register_changes c USING gone g WHERE c.entity = TG_TABLE_NAME AND c.entity_id = g.id;
  RETURN NULL;
END $$;

CREATE FUNCTION public.hold_case_steps() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF current_user = 'portal_staff' AND NOT EXISTS (
    SELECT FROM case_proposals p WHERE p.case_id = NEW.id AND p.outcome = 'approved'
      AND p.from_state = OLD.state AND p.to_state = NEW.state AND p.decided_version = OLD.version)
  THEN
    RAISE EXCEPTION 'this step of a case is proposed by one and taken by another'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.hold_contested_findings() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF EXISTS (
    SELECT FROM contests c WHERE c.household_id = NEW.household_id AND c.outcome IS NULL
      AND c.check_type::text = ANY (string_to_array(NEW.evidence ->> 'checks', ',')))
  THEN
    RAISE EXCEPTION 'a contested finding waits for the decision'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.hold_document_number() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM document_numbers n WHERE n.area = NEW.county AND n.kind = NEW.kind
      AND n.year = NEW.year AND n.last = NEW.number)
  THEN
    RAISE EXCEPTION 'a document takes the number after the last' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.hold_document_numbers() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.last <> OLD.last + 1 OR TG_OP = 'INSERT' AND NEW.last <> 0 THEN
    RAISE EXCEPTION 'document numbers go up by one' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.hold_document_series() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM case_documents d WHERE d.county = NEW.area AND d.kind = NEW.kind
      AND d.year = NEW.year AND d.number = NEW.last)
  THEN
    RAISE EXCEPTION 'a document number was taken and no document has it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION public.hold_withdrawals() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF OLD.state = 'withdrawn' OR NOT EXISTS (
    SELECT FROM delivery_withdrawals w WHERE w.delivery_id = NEW.id AND w.outcome = 'approved')
  THEN
    RAISE EXCEPTION 'a delivery is withdrawn once, by two people'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.keep_area_of_households() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  LOCK TABLE households IN SHARE MODE;
  IF EXISTS (SELECT FROM households WHERE area = OLD.code) THEN
    RAISE EXCEPTION 'households still lie in this area'
      USING ERRCODE = 'foreign_key_violation', TABLE = 'households', CONSTRAINT = 'households_area';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION public.keep_history(target regclass, columns text) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
  EXECUTE format(
    'CREATE TRIGGER %I AFTER UPDATE OF %s ON %s FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) '
    'EXECUTE FUNCTION record_register_change()', target || '_changed', columns, target);
  EXECUTE format(
    'CREATE TRIGGER %I AFTER INSERT ON %s FOR EACH ROW '
    'WHEN (NEW.import_id IS NULL AND current_user = ''portal_staff'') '
    'EXECUTE FUNCTION record_register_change()', target || '_created', target);
END $$;

CREATE FUNCTION public.keep_household_estate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  UPDATE households h SET estate_id = now_there.estate_id, home_id = now_there.home_id
  FROM (SELECT c.household_id, max(m.estate_id) AS estate_id, max(m.id) AS home_id
        FROM (SELECT DISTINCT household_id FROM changed) c
        LEFT JOIN leases l ON l.household_id = c.household_id AND l.state = 'running'
        LEFT JOIN homes m ON m.id = l.home_id
        GROUP BY c.household_id) now_there
  WHERE h.id = now_there.household_id
    AND (h.estate_id, h.home_id) IS DISTINCT FROM (now_there.estate_id, now_there.home_id);
  RETURN NULL;
END $$;

CREATE FUNCTION public.keep_household_people() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM count_household_people(ARRAY[OLD.household_id]); END IF;
  IF TG_OP = 'INSERT' OR TG_OP = 'UPDATE' AND NEW.household_id <> OLD.household_id THEN
    PERFORM count_household_people(ARRAY[NEW.household_id]);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION public.keep_name_grams() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM person_name_grams
    WHERE gram IN (SELECT name_grams(OLD.name)) AND area = OLD.area
      AND household_id = OLD.household_id AND person_id = OLD.id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO person_name_grams
    SELECT gram, NEW.area, NEW.household_id, NEW.id FROM name_grams(NEW.name) gram
    ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION public.keep_persons_with_household() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.id = OLD.id THEN
    UPDATE persons SET area = NEW.area WHERE household_id = NEW.id AND area <> NEW.area;
  ELSIF EXISTS (SELECT FROM persons WHERE household_id = OLD.id) THEN
    RAISE EXCEPTION 'persons still refer to this household'
      USING ERRCODE = 'foreign_key_violation', TABLE = 'persons', CONSTRAINT = 'persons_household';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION public.keep_review_progress() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$
BEGIN
  -- Planned anew each time: one answer wants another plan than a million. Locked in one order, so that
  -- two deliveries never wait for each other.
  EXECUTE $query$
    WITH change AS MATERIALIZED (
      SELECT a.round_id, f.area, f.estate_id, a.check_type,
        count(*) FILTER (WHERE a.result = 'clear') - count(*) FILTER (WHERE b.result = 'clear') AS clear,
        count(*) FILTER (WHERE a.result = 'hit') - count(*) FILTER (WHERE b.result = 'hit') AS hit,
        count(*) FILTER (WHERE a.result = 'not_found')
          - count(*) FILTER (WHERE b.result = 'not_found') AS not_found
      FROM added a
      JOIN review_households f ON f.round_id = a.round_id AND f.household_id = a.household_id
      LEFT JOIN LATERAL (
        SELECT k.result FROM checks k
        WHERE k.round_id = a.round_id AND k.household_id = a.household_id
          AND k.check_type = a.check_type AND k.sequence < a.sequence
        ORDER BY k.sequence DESC LIMIT 1) b ON a.sequence > 1
      WHERE NOT EXISTS (
        SELECT FROM checks l
        WHERE l.round_id = a.round_id AND l.household_id = a.household_id
          AND l.check_type = a.check_type AND l.sequence > a.sequence)
      GROUP BY 1, 2, 3, 4),
    held AS MATERIALIZED (
      SELECT p.round_id, p.area, p.estate_id, p.check_type FROM review_progress p
      WHERE (p.round_id, p.area, p.estate_id, p.check_type)
        IN (SELECT round_id, area, estate_id, check_type FROM change)
      ORDER BY 1, 2, 3, 4 FOR NO KEY UPDATE)
    UPDATE review_progress p
    SET clear = p.clear + c.clear, hit = p.hit + c.hit, not_found = p.not_found + c.not_found
    FROM change c JOIN held h USING (round_id, area, estate_id, check_type)
    WHERE p.round_id = h.round_id AND p.area = h.area AND p.estate_id = h.estate_id
      AND p.check_type = h.check_type
  $query$;
  RETURN NULL;
END $_$;

CREATE FUNCTION public.keep_visit_days() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO visit_days AS d (roster_id, area, team_id, day, slot, visits, met)
  SELECT e.roster_id, n.area, coalesce(n.team_id, 0), n.visited_on, n.slot, count(*),
    count(*) FILTER (WHERE n.met <> 'nobody')
  FROM new_rows n JOIN roster_entries e ON e.id = n.entry_id
  WHERE n.slot IS NOT NULL
  GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT (roster_id, area, team_id, day, slot) DO UPDATE
  SET visits = d.visits + EXCLUDED.visits, met = d.met + EXCLUDED.met;
  RETURN NULL;
END $$;

CREATE FUNCTION public.keep_visit_progress() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  -- In one order, so that two that change the same counts never wait for each other.
  IF TG_OP = 'INSERT' THEN
    INSERT INTO visit_progress AS p (roster_id, area, estate_id, team_id, entries, visited, tried)
    SELECT roster_id, area, estate_id, coalesce(team_id, 0), count(*) FILTER (WHERE state <> 'gone'),
      count(*) FILTER (WHERE state = 'visited'), count(*) FILTER (WHERE state = 'waiting' AND attempts > 0)
    FROM new_rows GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (roster_id, area, estate_id, team_id) DO UPDATE SET entries = p.entries + EXCLUDED.entries,
      visited = p.visited + EXCLUDED.visited, tried = p.tried + EXCLUDED.tried;
  ELSE
    INSERT INTO visit_progress AS p (roster_id, area, estate_id, team_id, entries, visited, tried)
    SELECT roster_id, area, estate_id, coalesce(team_id, 0), sum(sign * (state <> 'gone')::integer),
      sum(sign * (state = 'visited')::integer), sum(sign * (state = 'waiting' AND attempts > 0)::integer)
    FROM (
      SELECT 1 AS sign, n.roster_id, n.area, n.estate_id, n.team_id, n.state, n.attempts FROM new_rows n
      UNION ALL
      SELECT -1, o.roster_id, o.area, o.estate_id, o.team_id, o.state, o.attempts FROM old_rows o) c
    GROUP BY 1, 2, 3, 4
    HAVING sum(sign * (state <> 'gone')::integer) <> 0 OR sum(sign * (state = 'visited')::integer) <> 0
      OR sum(sign * (state = 'waiting' AND attempts > 0)::integer) <> 0
    ORDER BY 1, 2, 3, 4
    ON CONFLICT (roster_id, area, estate_id, team_id) DO UPDATE SET entries = p.entries + EXCLUDED.entries,
      visited = p.visited + EXCLUDED.visited, tried = p.tried + EXCLUDED.tried;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION public.keep_withdrawn_answers() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$
BEGIN
  IF EXISTS (
    SELECT FROM removed r WHERE NOT EXISTS (
      SELECT FROM withdrawn_checks k
      LEFT JOIN delivery_withdrawals w ON w.id = k.withdrawal_id
      LEFT JOIN contests c ON c.id = k.contest_id
      WHERE k.id = r.id
        AND (w.delivery_id = r.delivery_id AND w.outcome = 'approved'
          OR c.check_id = r.id AND c.outcome = 'set_aside')
        AND (k.area, k.round_id, k.household_id, k.check_type, k.result, k.as_of, k.answered_on,
          k.sequence, k.delivery_id, k.reason) IS NOT DISTINCT FROM
          (r.area, r.round_id, r.household_id, r.check_type, r.result, r.as_of, r.answered_on,
          r.sequence, r.delivery_id, r.reason)))
  THEN
    RAISE EXCEPTION 'checks is append-only' USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- The answer before takes the place of one that was the last.
  EXECUTE $query$
    WITH change AS MATERIALIZED (
      SELECT r.round_id, f.area, f.estate_id, r.check_type,
        count(*) FILTER (WHERE b.result = 'clear') - count(*) FILTER (WHERE r.result = 'clear') AS clear,
        count(*) FILTER (WHERE b.result = 'hit') - count(*) FILTER (WHERE r.result = 'hit') AS hit,
        count(*) FILTER (WHERE b.result = 'not_found')
          - count(*) FILTER (WHERE r.result = 'not_found') AS not_found
      FROM removed r
      JOIN review_households f ON f.round_id = r.round_id AND f.household_id = r.household_id
      LEFT JOIN LATERAL (
        SELECT k.result, k.sequence FROM checks k
        WHERE k.round_id = r.round_id AND k.household_id = r.household_id
          AND k.check_type = r.check_type
        ORDER BY k.sequence DESC LIMIT 1) b ON true
      WHERE b.sequence IS NULL OR b.sequence < r.sequence
      GROUP BY 1, 2, 3, 4),
    held AS MATERIALIZED (
      SELECT p.round_id, p.area, p.estate_id, p.check_type FROM review_progress p
      WHERE (p.round_id, p.area, p.estate_id, p.check_type)
        IN (SELECT round_id, area, estate_id, check_type FROM change)
      ORDER BY 1, 2, 3, 4 FOR NO KEY UPDATE)
    UPDATE review_progress p
    SET clear = p.clear + c.clear, hit = p.hit + c.hit, not_found = p.not_found + c.not_found
    FROM change c JOIN held h USING (round_id, area, estate_id, check_type)
    WHERE p.round_id = h.round_id AND p.area = h.area AND p.estate_id = h.estate_id
      AND p.check_type = h.check_type
  $query$;
  RETURN NULL;
END $_$;

CREATE FUNCTION public.name_grams(name text) RETURNS SETOF text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT DISTINCT substr(name, place, size)
  FROM generate_series(1, char_length(name)) place, generate_series(1, 3) size
  WHERE place + size - 1 <= char_length(name)
$$;

CREATE FUNCTION public.names_resident_id(text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
  SELECT $1 ~ ('(^|[^0-9A-Za-z])[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])'
    || '[0-9]{3}[0-9Xx]($|[^0-9A-Za-z])')
$_$;

CREATE FUNCTION public.next_file_id(last bigint) RETURNS bigint
    LANGUAGE sql
    AS $$
  SELECT coalesce(last, 1099511627776 + ('x' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 12))::bit(48)::bigint)
    + 1 + ('x' || substr(gen_random_uuid()::text, 1, 4))::bit(16)::bigint
$$;

CREATE FUNCTION public.next_household_number(area text) RETURNS text
    LANGUAGE sql
    AS $$
  SELECT left(area, 6) || '-' || lpad(nextval(('household_numbers_' || left(area, 6))::regclass)::text, 7, '0');
$$;

CREATE FUNCTION public.next_waiting_file(after_queue integer) RETURNS TABLE(id bigint, queue smallint, tries smallint, original_sealed bytea, is_listed boolean)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  WITH next AS (
    SELECT f.id FROM files f WHERE f.state = 'waiting'
    ORDER BY f.queue <= after_queue, f.queue, f.position, f.id LIMIT 1 FOR UPDATE SKIP LOCKED)
  UPDATE files f SET tries = f.tries + 1 FROM next WHERE f.id = next.id
  RETURNING f.id, f.queue, f.tries, f.original_sealed, f.complaint_id IS NULL
$$;

CREATE FUNCTION public.normal_name(name text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
  SELECT btrim(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
      translate(
        -- Marks that nobody sees.
        regexp_replace(normalize(name, NFKC),
          '[\u00AD\u180B-\u180D\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFE00-\uFE0F\uFEFF\U000E0100-\U000E01EF]', '', 'g'),
        '•‧∙⋅・ᐧ⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰',
        '······民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙'),
      -- A full stop between Han characters is the dot of a name.
      '(?<=[〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003FFFD])\.(?=[〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003FFFD])', '·', 'g'),
    '[\s\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+', ' ', 'g'),
    ' ?· ?', '·', 'g'),
    '(?<=[〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003FFFD]) (?=[〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003FFFD])', '', 'g'), ' ')
$$;

CREATE FUNCTION public.number_apart() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $_$
DECLARE last bigint;
BEGIN
  EXECUTE format('SELECT max(id) FROM %I WHERE complaint_id = $1', TG_TABLE_NAME) INTO last USING NEW.complaint_id;
  NEW.id := coalesce(last, 1099511627776 + ('x' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 12))::bit(48)::bigint)
    + 1 + ('x' || substr(gen_random_uuid()::text, 1, 4))::bit(16)::bigint;
  RETURN NEW;
END $_$;

CREATE FUNCTION public.number_households(county text) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
  EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %I', 'household_numbers_' || county);
  EXECUTE format('GRANT USAGE ON SEQUENCE %I TO portal_staff', 'household_numbers_' || county);
END $$;

CREATE FUNCTION public.number_new_county() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM number_households(NEW.code);
  RETURN NULL;
END $$;

CREATE FUNCTION public.open_calendar_feed(token bytea, at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE owner_id bigint;
BEGIN
  SELECT s.account_id INTO owner_id FROM sessions s WHERE s.token_hash = shown_session();
  IF NOT FOUND THEN RETURN false; END IF;
  -- Of two at once one waits here, and closes what the other opened.
  PERFORM pg_advisory_xact_lock(4402, owner_id::integer);
  PERFORM close_calendar_feed(at);
  INSERT INTO calendar_feeds (token_hash, account_id, made_at) VALUES (token, owner_id, audit_clock(at));
  RETURN true;
END $$;

CREATE FUNCTION public.open_session(name text, answer text, token bytea, came_from text, opened timestamp with time zone, idle_since timestamp with time zone, opened_since timestamp with time zone) RETURNS TABLE(must_change_password boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.owed_check_types() RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT ARRAY['marriage', 'income', 'assets', 'registered_property', 'vehicles',
    'household_registration', 'signed_contracts', 'other_housing', 'rent_arrears', 'utilities'];
$$;

CREATE FUNCTION public.password_terms(name text) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $_$
BEGIN
  RETURN (SELECT substring(p.password_hash FROM '^(.*)\$[^$]*$')
    FROM accounts a JOIN account_passwords p ON p.account_id = a.id WHERE a.account = name);
END $_$;

CREATE FUNCTION public.proof_of(acting bigint, OUT kind text, OUT address text) RETURNS record
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
  shown text := current_setting('portal.proof', true);
  value text := split_part(shown, ':', 2);
BEGIN
  CASE split_part(shown, ':', 1)
    WHEN 'session' THEN
      SELECT 'session', s.address INTO kind, address FROM sessions s
      WHERE s.token_hash = decode(value, 'hex') AND s.account_id = acting;
    WHEN 'token' THEN
      SELECT 'token' INTO kind FROM api_tokens t
      WHERE t.token_hash = decode(value, 'hex') AND t.account_id = acting AND t.revoked_at IS NULL;
    WHEN 'job' THEN
      SELECT 'job', j.terms ->> 'address' INTO kind, address FROM jobs j
      WHERE j.id = value::bigint AND j.account_id = acting AND j.state = 'running';
    ELSE
      NULL;
  END CASE;
END $$;

CREATE FUNCTION public.protect_by_area(target regclass) RETURNS void
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.protect_by_complaint(target regclass) RETURNS void
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.reckon_case_clocks() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO jobs (kind, area, account_id, lane)
  SELECT DISTINCT ON (a.area) 'case_clocks', a.area, a.id, 'clocks' FROM accounts a
  WHERE a.area ^@ NEW.area::text AND a.role IN ('housing_lead', 'housing_officer') AND a.disabled_at IS NULL
  ORDER BY a.area, a.role, a.id;
  RETURN NULL;
END $$;

CREATE FUNCTION public.record_register_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
  change jsonb := COALESCE(NULLIF(current_setting('portal.change', true), ''), '{}')::jsonb;
  old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  new_row jsonb := to_jsonb(NEW);
BEGIN
  INSERT INTO register_changes (area, entity, entity_id, household_id, operation, at, account_id,
    account_name, action, reason, import_id, before, after)
  VALUES (NEW.area, TG_TABLE_NAME, NEW.id,
    CASE TG_TABLE_NAME WHEN 'households' THEN NEW.id
      ELSE (new_row ->> 'household_id')::bigint END,
    pg_current_xact_id()::text::bigint, now(),
    NULLIF(current_setting('portal.account', true), '')::bigint,
    COALESCE(change ->> 'by', current_user), COALESCE(change ->> 'action', lower(TG_OP)),
    change ->> 'reason', (change ->> 'import')::bigint, old_row, new_row);
  RETURN NULL;
END $$;

CREATE FUNCTION public.record_register_deletion() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
  change jsonb := COALESCE(NULLIF(current_setting('portal.change', true), ''), '{}')::jsonb;
BEGIN
  INSERT INTO register_changes (area, entity, entity_id, household_id, operation, at, account_id, account_name, action,
    reason, before)
  VALUES (OLD.area, TG_TABLE_NAME, OLD.id, OLD.household_id, pg_current_xact_id()::text::bigint, now(),
    NULLIF(current_setting('portal.account', true), '')::bigint, COALESCE(change ->> 'by', current_user),
    COALESCE(change ->> 'action', 'delete'), change ->> 'reason', to_jsonb(OLD));
  RETURN NULL;
END $$;

CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION public.refuse_used_row() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
  own jsonb := to_jsonb(OLD);
  of_household boolean := TG_TABLE_NAME = 'persons';
BEGIN
  IF EXISTS (SELECT FROM register_uses(CASE WHEN of_household THEN 'households' ELSE TG_TABLE_NAME END,
    (own ->> CASE WHEN of_household THEN 'household_id' ELSE 'id' END)::bigint))
  THEN
    RAISE EXCEPTION '% is used', TG_TABLE_NAME
      USING ERRCODE = 'foreign_key_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_TABLE_NAME || '_unused';
  END IF;
  RETURN OLD;
END $$;

CREATE FUNCTION public.register_uses(entity text, target bigint) RETURNS TABLE(kind text, uses bigint)
    LANGUAGE sql STABLE
    AS $$
  WITH span AS MATERIALIZED (
    SELECT l.household_id, l.home_id, l.starts_on, coalesce(l.ended_on, 'infinity'::date) AS ends_on
    FROM leases l WHERE entity = 'leases' AND l.id = target),
  whose AS MATERIALIZED (
    SELECT target AS household_id, '-infinity'::date AS starts_on, 'infinity'::date AS ends_on
    WHERE entity = 'households'
    UNION ALL SELECT household_id, starts_on, ends_on FROM span),
  used (kind, uses) AS (
    SELECT 'homes', count(*) FROM homes h WHERE entity = 'estates' AND h.estate_id = target
    UNION ALL
    SELECT 'complaints', count(*) FROM complaints c WHERE entity = 'estates' AND c.estate_id = target
    UNION ALL
    SELECT 'complaints', count(*) FROM complaint_households c WHERE entity = 'households' AND c.household_id = target
    UNION ALL
    SELECT 'roster', count(*) FROM roster_entries e WHERE entity = 'leases' AND e.lease_id = target
    UNION ALL
    SELECT 'roster', count(*) FROM roster_entries e WHERE entity = 'households' AND e.household_id = target
    UNION ALL
    SELECT 'watches', count(*) FROM home_watches w WHERE entity = 'homes' AND w.home_id = target
    UNION ALL
    SELECT 'patrols', count(*) FROM patrols p WHERE entity = 'homes' AND p.home_id = target
    UNION ALL
    SELECT 'repairs', count(*) FROM repair_notes r WHERE entity = 'homes' AND r.home_id = target
    UNION ALL
    SELECT 'leases', count(*) FROM leases l WHERE entity = 'homes' AND l.home_id = target
    UNION ALL
    SELECT 'leases', count(*) FROM leases l WHERE entity = 'households' AND l.household_id = target
    UNION ALL
    SELECT 'cases', count(*) FROM cases c WHERE entity = 'estates' AND c.estate_id = target
    UNION ALL
    SELECT 'cases', count(*) FROM cases c WHERE entity = 'homes' AND c.home_id = target
    UNION ALL
    SELECT 'cases', count(*) FROM whose w JOIN cases c ON c.household_id = w.household_id
      AND c.opened_on BETWEEN w.starts_on AND w.ends_on
    UNION ALL
    SELECT 'rounds', count(*) FROM whose w JOIN review_households f ON f.household_id = w.household_id
      JOIN review_rounds r ON r.id = f.round_id AND r.opened_on BETWEEN w.starts_on AND w.ends_on
    UNION ALL
    SELECT 'findings', count(*) FROM whose w JOIN findings f ON f.household_id = w.household_id
      AND (f.found_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN w.starts_on AND w.ends_on
    WHERE NOT (f.rule = 'R8' AND f.subject ^@ 'person:' AND f.state <> 'confirmed')
    UNION ALL
    SELECT 'visits', count(*) FROM whose w JOIN visits v ON v.household_id = w.household_id
      AND v.visited_on BETWEEN w.starts_on AND w.ends_on
    UNION ALL
    SELECT 'counter', count(*) FROM whose w JOIN counter_checks c ON c.household_id = w.household_id
      AND (c.asked_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN w.starts_on AND w.ends_on
    UNION ALL
    SELECT 'vacancies', count(*) FROM whose w JOIN vacancy_reasons v ON v.household_id = w.household_id
      AND v.from_on <= w.ends_on AND coalesce(v.until_on, 'infinity'::date) >= w.starts_on
    UNION ALL
    SELECT 'answers', count(*) FROM checks k WHERE entity = 'households' AND k.household_id = target
    UNION ALL
    SELECT 'answers', count(*) FROM withdrawn_checks k WHERE entity = 'households' AND k.household_id = target
    UNION ALL
    SELECT 'deliveries', count(*) FROM deliveries d
    WHERE entity = 'households' AND d.state IN ('matching', 'matched', 'committing') AND (
      EXISTS (SELECT FROM delivery_answers a WHERE a.delivery_id = d.id AND a.household_id = target)
      OR EXISTS (SELECT FROM check_records a WHERE a.delivery_id = d.id AND a.household_id = target)
      OR EXISTS (SELECT FROM delivery_matches a
        WHERE a.delivery_id = d.id AND a.household_id = target AND a.state = 'open'))
    UNION ALL
    SELECT 'matches', count(*) FROM match_decisions m WHERE entity = 'households' AND m.household_id = target
    UNION ALL
    SELECT 'contests', count(*) FROM contests c WHERE entity = 'households' AND c.household_id = target
    UNION ALL
    SELECT 'authorisations', count(*) FROM authorisations a
    WHERE entity = 'households' AND a.household_id = target
    UNION ALL
    SELECT 'mergers', count(*) FROM households h
    WHERE entity = 'households' AND (h.merged_into = target OR h.id = target AND h.merged_into IS NOT NULL)
    UNION ALL
    -- It came to be when another household was split: its people come from there.
    SELECT 'split', count(*) FROM register_changes c
    WHERE entity = 'households' AND c.entity = 'households' AND c.entity_id = target AND c.before IS NULL
      AND c.action = 'split_household')
  SELECT u.kind, sum(u.uses)::bigint FROM used u GROUP BY u.kind HAVING sum(u.uses) > 0 ORDER BY u.kind
$$;

CREATE FUNCTION public.rename_area(place public.area_code, seen_version integer, called text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  IF NOT administers_area('{system_admin}', place) THEN RETURN false; END IF;
  UPDATE areas a SET name = called, version = a.version + 1 WHERE a.code = place AND a.version = seen_version;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE site_settings s SET county_name = called, version = s.version + 1 WHERE s.area = place;
  PERFORM pg_notify('releases', '');
  RETURN true;
END $$;

CREATE FUNCTION public.renew_password(answer text, renewed text, at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE account_passwords p SET password_hash = renewed, changed_at = at
  FROM sessions s
  WHERE s.token_hash = shown_session() AND p.account_id = s.account_id AND p.password_hash = answer;
  RETURN FOUND;
END $$;

CREATE FUNCTION public.require_area() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF EXISTS (SELECT area FROM changed EXCEPT SELECT code FROM areas) THEN
    RAISE EXCEPTION 'a household refers to an area that is not there'
      USING ERRCODE = 'foreign_key_violation', TABLE = 'households', CONSTRAINT = 'households_area';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION public.require_household() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  PERFORM FROM households WHERE id = NEW.household_id AND area = NEW.area FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a person refers to a household that is not there'
      USING ERRCODE = 'foreign_key_violation', TABLE = 'persons', CONSTRAINT = 'persons_household';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION public.reset_account_password(target bigint, seen_version integer, chosen text, at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.running_session(token bytea, idle_since timestamp with time zone, opened_since timestamp with time zone) RETURNS TABLE(id bigint, account text, display_name text, role text, area public.area_code, must_change_password boolean, last_seen_at timestamp with time zone, address text, password_at timestamp with time zone)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT a.id, a.account, a.display_name, a.role, a.area, a.must_change_password, s.last_seen_at, s.address,
      s.password_at
    FROM sessions s JOIN accounts a ON a.id = s.account_id
    WHERE s.token_hash = token AND a.disabled_at IS NULL
      AND s.last_seen_at > idle_since AND s.created_at > opened_since;
END $$;

CREATE FUNCTION public.set_up_county(shown bytea, at timestamp with time zone, came_from text, county public.area_code, places jsonb, site jsonb, administrators jsonb) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.settle_file(file bigint, clean bytea, thumbnail bytea, why text) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  WITH settled AS (
    UPDATE files SET state = CASE WHEN clean IS NULL THEN 'unreadable' ELSE 'clean' END,
      clean_sealed = clean, thumbnail_sealed = CASE WHEN clean IS NOT NULL THEN thumbnail END,
      refusal = CASE WHEN clean IS NULL THEN why END, queue = NULL,
      original_sealed = CASE WHEN complaint_id IS NULL AND clean IS NOT NULL AND original_type <> 'application/pdf'
        THEN original_sealed END
    WHERE id = file AND state = 'waiting' RETURNING 1)
  SELECT EXISTS (SELECT FROM settled)
$$;

CREATE FUNCTION public.settle_reports() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $_$
DECLARE
  this_hour timestamptz := date_trunc('hour', clock_timestamp());
  last_xid bigint;
  first_xid bigint;
  settled integer := 0;
  found record;
  target record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('settle_reports'));
  IF EXISTS (SELECT FROM report_settlings WHERE hour >= this_hour) THEN RETURN 0; END IF;
  SELECT xid INTO last_xid FROM report_settlings ORDER BY id DESC LIMIT 1;
  SELECT xid INTO first_xid FROM report_settlings ORDER BY id DESC OFFSET 1 LIMIT 1;
  IF last_xid IS NOT NULL THEN
    FOR target IN SELECT * FROM (VALUES
      ('complaints', 'id', 'true'), ('complaint_identities', 'complaint_id', 'true'),
      ('complaint_messages', 'id', 'true'), ('files', 'id', 'complaint_id IS NOT NULL'),
      ('audit_events', 'id', 'origin = ''citizen''')) AS t (name, key, condition)
    LOOP
      FOR found IN EXECUTE format(
        'SELECT %2$I AS key FROM %1$I WHERE %3$s AND age(xmin) > age($1::text::xid)
           AND ($2 IS NULL OR age(xmin) < age($2::text::xid))
         ORDER BY gen_random_uuid()', target.name, target.key, target.condition)
        USING last_xid, first_xid
      LOOP
        EXECUTE format('UPDATE %1$I SET %2$I = %2$I WHERE %2$I = $1', target.name, target.key) USING found.key;
        settled := settled + 1;
      END LOOP;
    END LOOP;
  END IF;
  INSERT INTO report_settlings (hour, xid)
  VALUES (this_hour, pg_current_xact_id()::text::bigint & 4294967295);
  DELETE FROM report_settlings WHERE hour < this_hour - interval '7 days'
    AND id < (SELECT max(id) - 2 FROM report_settlings);
  RETURN settled;
END $_$;

CREATE FUNCTION public.setup_link_state(shown bytea, at timestamp with time zone) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  RETURN coalesce((
    SELECT CASE WHEN l.used_at IS NOT NULL THEN 'used' WHEN l.ends_at <= audit_clock(at) THEN 'over' ELSE 'open' END
    FROM setup_links l WHERE l.token_hash = shown), 'unknown');
END $$;

CREATE FUNCTION public.show_to_lower_areas(target regclass) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
  EXECUTE format(
    'CREATE POLICY staff_above ON %s FOR SELECT TO portal_staff '
    'USING ((SELECT NULLIF(current_setting(''portal.area'', true), '''')) ^@ area::text)', target);
END $$;

CREATE FUNCTION public.shown_session() RETURNS bytea
    LANGUAGE sql STABLE
    AS $$
  SELECT CASE WHEN current_setting('portal.proof', true) ^@ 'session:'
    THEN decode(substr(current_setting('portal.proof', true), 9), 'hex') END;
$$;

CREATE FUNCTION public.touch_session(token bytea, seen timestamp with time zone, came_from text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE sessions SET last_seen_at = greatest(last_seen_at, seen), address = coalesce(came_from, address)
  WHERE token_hash = token;
END $$;

CREATE FUNCTION public.uncount_visit() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE visit_days d SET visits = d.visits - 1, met = d.met - (NEW.met <> 'nobody')::integer
  FROM roster_entries e
  WHERE e.id = NEW.entry_id AND d.roster_id = e.roster_id AND d.area = NEW.area
    AND d.team_id = coalesce(NEW.team_id, 0) AND d.day = NEW.visited_on AND d.slot = NEW.slot;
  RETURN NULL;
END $$;

CREATE FUNCTION public.visit_route(building text, unit text, room text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
  SELECT lpad(coalesce(substring(building from '\d+'), ''), 6, '0') || building || '|'
    || lpad(coalesce(substring(unit from '\d+'), ''), 4, '0') || unit || '|'
    || lpad(coalesce(substring(room from '\d+'), ''), 6, '0') || room
$$;

CREATE FUNCTION public.wake_file_work() RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  INSERT INTO jobs (id, kind, area, lane) OVERRIDING SYSTEM VALUE
  SELECT 0, 'photo_cleaning', f.area, 'photos' FROM files f WHERE f.state = 'waiting' LIMIT 1
  ON CONFLICT (id) DO UPDATE
    SET state = 'waiting', attempts = 0, finished_at = NULL, message = NULL, cancel_asked_at = NULL
    WHERE jobs.state NOT IN ('waiting', 'running')
$$;

CREATE TABLE public.account_passwords (
    account_id bigint NOT NULL,
    password_hash text NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT account_passwords_password_hash_check CHECK ((password_hash ~~ 'scrypt$%'::text))
);

ALTER TABLE ONLY public.account_passwords FORCE ROW LEVEL SECURITY;

CREATE TABLE public.accounts (
    id bigint NOT NULL,
    account text NOT NULL,
    display_name text NOT NULL,
    role text NOT NULL,
    area public.area_code NOT NULL,
    must_change_password boolean DEFAULT true NOT NULL,
    disabled_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT accounts_account_check CHECK ((account ~ '^[a-z][a-z0-9-]{1,31}$'::text)),
    CONSTRAINT accounts_display_name_check CHECK (((char_length(display_name) >= 1) AND (char_length(display_name) <= 60))),
    CONSTRAINT accounts_role_check CHECK ((role = ANY (ARRAY['housing_officer'::text, 'housing_lead'::text, 'civil_affairs'::text, 'natural_resources'::text, 'public_security'::text, 'town_officer'::text, 'counter_clerk'::text, 'task_force'::text, 'inspector'::text, 'city_viewer'::text, 'system_admin'::text, 'security_admin'::text, 'audit_admin'::text])))
);

ALTER TABLE ONLY public.accounts FORCE ROW LEVEL SECURITY;

ALTER TABLE public.accounts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.accounts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.api_requests (
    token_id bigint NOT NULL,
    key text NOT NULL,
    area public.area_code NOT NULL,
    request_hash bytea NOT NULL,
    status integer NOT NULL,
    body_sealed bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT api_requests_key_check CHECK (((char_length(key) >= 1) AND (char_length(key) <= 200))),
    CONSTRAINT api_requests_request_hash_check CHECK ((octet_length(request_hash) = 32))
);

ALTER TABLE ONLY public.api_requests FORCE ROW LEVEL SECURITY;

CREATE TABLE public.api_tokens (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    account_id bigint NOT NULL,
    name text NOT NULL,
    token_hash bytea NOT NULL,
    permissions text[] NOT NULL,
    created_by bigint,
    created_by_name text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    revoked_by_name text,
    last_used_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT api_tokens_check CHECK ((expires_at > created_at)),
    CONSTRAINT api_tokens_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 60))),
    CONSTRAINT api_tokens_token_hash_check CHECK ((octet_length(token_hash) = 32))
);

ALTER TABLE ONLY public.api_tokens FORCE ROW LEVEL SECURITY;

ALTER TABLE public.api_tokens ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.api_tokens_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.areas (
    code public.area_code NOT NULL,
    name text NOT NULL,
    version integer DEFAULT 1 NOT NULL
);

CREATE TABLE public.audit_events (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    origin text NOT NULL,
    account_id bigint,
    account text,
    role text,
    area public.area_code NOT NULL,
    address text,
    action text NOT NULL,
    entity text NOT NULL,
    entity_id text,
    before jsonb,
    after jsonb,
    result text DEFAULT 'done'::text NOT NULL,
    reference text,
    proof text,
    CONSTRAINT audit_events_citizen_check CHECK (((origin <> 'citizen'::text) OR ((account_id IS NULL) AND (account IS NULL) AND (address IS NULL) AND (reference IS NULL) AND (at = date_trunc('hour'::text, at))))),
    CONSTRAINT audit_events_origin_check CHECK ((origin = ANY (ARRAY['staff'::text, 'citizen'::text, 'command'::text]))),
    CONSTRAINT audit_events_proof_check CHECK ((proof = ANY (ARRAY['session'::text, 'token'::text, 'job'::text]))),
    CONSTRAINT audit_events_result_check CHECK ((result = ANY (ARRAY['done'::text, 'refused'::text, 'failed'::text]))),
    CONSTRAINT audit_events_staff_check CHECK (((origin <> 'staff'::text) OR (account IS NOT NULL)))
);

ALTER TABLE ONLY public.audit_events FORCE ROW LEVEL SECURITY;

CREATE SEQUENCE public.audit_event_numbers
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.audit_event_numbers OWNED BY public.audit_events.id;

CREATE TABLE public.authorisation_settings (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    may_check_without boolean NOT NULL,
    document text NOT NULL,
    set_by bigint NOT NULL,
    set_by_name text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    CONSTRAINT authorisation_settings_document_check CHECK (((char_length(document) >= 2) AND (char_length(document) <= 200)))
);

ALTER TABLE ONLY public.authorisation_settings FORCE ROW LEVEL SECURITY;

ALTER TABLE public.authorisation_settings ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.authorisation_settings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.authorisations (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    household_id bigint NOT NULL,
    person_id bigint NOT NULL,
    signed_on date NOT NULL,
    runs_out_on date,
    paper_note text,
    scan_sealed bytea,
    scan_type text,
    scan_sha256 bytea,
    recorded_by bigint NOT NULL,
    recorded_by_name text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT authorisations_check CHECK ((runs_out_on >= signed_on)),
    CONSTRAINT authorisations_check1 CHECK (((paper_note IS NOT NULL) OR (scan_sealed IS NOT NULL))),
    CONSTRAINT authorisations_check2 CHECK ((num_nulls(scan_sealed, scan_type, scan_sha256) = ANY (ARRAY[0, 3]))),
    CONSTRAINT authorisations_paper_note_check CHECK (((char_length(paper_note) >= 1) AND (char_length(paper_note) <= 200))),
    CONSTRAINT authorisations_scan_sha256_check CHECK ((octet_length(scan_sha256) = 32)),
    CONSTRAINT authorisations_scan_type_check CHECK ((scan_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'application/pdf'::text])))
);

ALTER TABLE ONLY public.authorisations FORCE ROW LEVEL SECURITY;

ALTER TABLE public.authorisations ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.authorisations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.calendar_feeds (
    token_hash bytea NOT NULL,
    account_id bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT calendar_feeds_token_hash_check CHECK ((octet_length(token_hash) = 32))
);

ALTER TABLE ONLY public.calendar_feeds FORCE ROW LEVEL SECURITY;

CREATE TABLE public.campaign_events (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    campaign_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    account_name text NOT NULL,
    action text NOT NULL,
    note text
);

ALTER TABLE ONLY public.campaign_events FORCE ROW LEVEL SECURITY;

ALTER TABLE public.campaign_events ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaign_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.campaign_stages (
    campaign_id bigint NOT NULL,
    area public.area_code NOT NULL,
    "position" integer NOT NULL,
    title text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    CONSTRAINT campaign_stages_check CHECK ((ends_on >= starts_on))
);

ALTER TABLE ONLY public.campaign_stages FORCE ROW LEVEL SECURITY;

CREATE TABLE public.campaigns (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    title text NOT NULL,
    document_number text NOT NULL,
    clear_by date NOT NULL,
    ended_on date,
    scope text DEFAULT 'government'::text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    grace_by date,
    CONSTRAINT campaigns_scope_check CHECK ((scope = ANY (ARRAY['government'::text, 'all'::text])))
);

ALTER TABLE ONLY public.campaigns FORCE ROW LEVEL SECURITY;

ALTER TABLE public.campaigns ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.campaigns_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.case_complaints (
    case_id bigint NOT NULL,
    complaint_id bigint NOT NULL,
    area public.area_code NOT NULL,
    linked_by bigint NOT NULL,
    linked_by_name text NOT NULL,
    linked_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.case_complaints FORCE ROW LEVEL SECURITY;

CREATE TABLE public.case_document_voids (
    document_id bigint NOT NULL,
    area public.area_code NOT NULL,
    reason text NOT NULL,
    voided_by bigint NOT NULL,
    voided_by_name text NOT NULL,
    voided_at timestamp with time zone NOT NULL,
    CONSTRAINT case_document_voids_reason_check CHECK (((char_length(reason) >= 2) AND (char_length(reason) <= 300)))
);

ALTER TABLE ONLY public.case_document_voids FORCE ROW LEVEL SECURITY;

CREATE TABLE public.case_documents (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    county public.area_code NOT NULL,
    case_id bigint NOT NULL,
    kind text NOT NULL,
    year integer NOT NULL,
    number integer NOT NULL,
    number_text text NOT NULL,
    draft_id bigint NOT NULL,
    template_sequence integer NOT NULL,
    content_sealed bytea NOT NULL,
    content_sha256 bytea NOT NULL,
    issued_on date NOT NULL,
    issued_by bigint NOT NULL,
    issued_by_name text NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    CONSTRAINT case_documents_content_sha256_check CHECK ((length(content_sha256) = 32)),
    CONSTRAINT case_documents_county_check CHECK ((((area)::text ^@ (county)::text) AND (length((county)::text) <= 6))),
    CONSTRAINT case_documents_kind_check CHECK ((kind = ANY (ARRAY['rectification'::text, 'notice'::text, 'return_order'::text, 'leave_notice'::text, 'demand'::text, 'enforcement'::text, 'civil_suit'::text, 'transfer'::text, 'closing'::text]))),
    CONSTRAINT case_documents_number_check CHECK ((number > 0)),
    CONSTRAINT case_documents_number_text_check CHECK (((char_length(number_text) >= 5) AND (char_length(number_text) <= 60))),
    CONSTRAINT case_documents_template_sequence_check CHECK ((template_sequence >= 0))
);

ALTER TABLE ONLY public.case_documents FORCE ROW LEVEL SECURITY;

ALTER TABLE public.case_documents ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.case_documents_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.case_entries (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    case_id bigint NOT NULL,
    kind text NOT NULL,
    item text NOT NULL,
    amount numeric(12,2) NOT NULL,
    on_day date NOT NULL,
    note text NOT NULL,
    entered_by bigint NOT NULL,
    entered_by_name text NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    CONSTRAINT case_entries_amount_check CHECK (((amount <> (0)::numeric) AND ((amount > (0)::numeric) OR (kind = 'correction'::text)) AND (abs(amount) <= 9999999.99))),
    CONSTRAINT case_entries_item_check CHECK ((item = ANY (ARRAY['rent'::text, 'market_rent'::text, 'fine'::text, 'illegal_gains'::text, 'damage'::text, 'bills'::text, 'other'::text]))),
    CONSTRAINT case_entries_kind_check CHECK ((kind = ANY (ARRAY['charge'::text, 'payment'::text, 'correction'::text]))),
    CONSTRAINT case_entries_note_check CHECK (((char_length(note) >= 2) AND (char_length(note) <= 300)))
);

ALTER TABLE ONLY public.case_entries FORCE ROW LEVEL SECURITY;

ALTER TABLE public.case_entries ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.case_entries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.case_events (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    case_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    account_name text NOT NULL,
    action text NOT NULL,
    from_state text,
    to_state text NOT NULL,
    note text,
    account_id bigint,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    personal_sealed bytea
);

ALTER TABLE ONLY public.case_events FORCE ROW LEVEL SECURITY;

ALTER TABLE public.case_events ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.case_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.case_findings (
    case_id bigint NOT NULL,
    finding_id bigint NOT NULL,
    area public.area_code NOT NULL,
    released_at timestamp with time zone
);

ALTER TABLE ONLY public.case_findings FORCE ROW LEVEL SECURITY;

CREATE TABLE public.case_instalments (
    area public.area_code NOT NULL,
    case_id bigint NOT NULL,
    plan integer NOT NULL,
    part integer NOT NULL,
    due_on date NOT NULL,
    amount numeric(12,2) NOT NULL,
    agreed_on date NOT NULL,
    set_by bigint NOT NULL,
    set_by_name text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    CONSTRAINT case_instalments_amount_check CHECK ((amount > (0)::numeric)),
    CONSTRAINT case_instalments_part_check CHECK (((part >= 1) AND (part <= 60))),
    CONSTRAINT case_instalments_plan_check CHECK ((plan > 0))
);

ALTER TABLE ONLY public.case_instalments FORCE ROW LEVEL SECURITY;

CREATE SEQUENCE public.case_numbers
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.case_proposals (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    case_id bigint NOT NULL,
    case_version integer NOT NULL,
    action text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    details jsonb NOT NULL,
    personal_sealed bytea,
    proposed_by bigint NOT NULL,
    proposed_by_name text NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    needs_review boolean NOT NULL,
    reviewed_by bigint,
    reviewed_by_name text,
    reviewed_at timestamp with time zone,
    review_note text,
    outcome text,
    decided_by bigint,
    decided_by_name text,
    decided_at timestamp with time zone,
    decided_version integer,
    reason text,
    CONSTRAINT case_proposals_decided_check CHECK ((num_nulls(outcome, decided_by, decided_by_name, decided_at, decided_version) = ANY (ARRAY[0, 5]))),
    CONSTRAINT case_proposals_outcome_check CHECK ((outcome = ANY (ARRAY['approved'::text, 'declined'::text, 'withdrawn'::text]))),
    CONSTRAINT case_proposals_reason_check CHECK (((char_length(reason) >= 2) AND (char_length(reason) <= 1000))),
    CONSTRAINT case_proposals_review_check CHECK (((outcome IS DISTINCT FROM 'approved'::text) OR (NOT needs_review) OR (reviewed_by IS NOT NULL))),
    CONSTRAINT case_proposals_review_note_check CHECK (((char_length(review_note) >= 2) AND (char_length(review_note) <= 1000))),
    CONSTRAINT case_proposals_reviewed_check CHECK ((num_nulls(reviewed_by, reviewed_by_name, reviewed_at, review_note) = ANY (ARRAY[0, 4]))),
    CONSTRAINT case_proposals_second_person_check CHECK (((outcome IS DISTINCT FROM 'approved'::text) OR (decided_by <> proposed_by))),
    CONSTRAINT case_proposals_third_person_check CHECK (((reviewed_by <> proposed_by) AND ((outcome IS DISTINCT FROM 'approved'::text) OR (reviewed_by <> decided_by))))
);

ALTER TABLE ONLY public.case_proposals FORCE ROW LEVEL SECURITY;

ALTER TABLE public.case_proposals ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.case_proposals_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.case_settings (
    area public.area_code NOT NULL,
    sequence integer NOT NULL,
    needs_legal_review boolean NOT NULL,
    set_by bigint NOT NULL,
    set_by_name text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    CONSTRAINT case_settings_sequence_check CHECK ((sequence > 0))
);

ALTER TABLE ONLY public.case_settings FORCE ROW LEVEL SECURITY;

CREATE TABLE public.cases (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    campaign_id bigint NOT NULL,
    number text NOT NULL,
    household_id bigint NOT NULL,
    home_id bigint NOT NULL,
    estate_id bigint NOT NULL,
    nature public.exit_nature NOT NULL,
    state text NOT NULL,
    opened_on date NOT NULL,
    state_since date NOT NULL,
    due_on date NOT NULL,
    cleared_on date,
    version integer DEFAULT 1 NOT NULL,
    route text,
    source text DEFAULT 'finding'::text NOT NULL,
    assigned_to bigint,
    measures text,
    planned_on date,
    vacated_on date,
    next_due_on date,
    next_clock text,
    local_rule text,
    in_hardship boolean DEFAULT false NOT NULL,
    owed_on date GENERATED ALWAYS AS (LEAST(due_on, next_due_on)) STORED NOT NULL,
    CONSTRAINT cases_local_rule_check CHECK ((char_length(local_rule) <= 200)),
    CONSTRAINT cases_measures_check CHECK ((char_length(measures) <= 300)),
    CONSTRAINT cases_route_check CHECK ((route = ANY (ARRAY['administrative'::text, 'civil'::text, 'agreement'::text]))),
    CONSTRAINT cases_source_check CHECK ((source = ANY (ARRAY['finding'::text, 'complaint'::text, 'declaration'::text, 'visit'::text, 'spot_check'::text, 'hand'::text]))),
    CONSTRAINT cases_state_check CHECK ((state = ANY (ARRAY['suspected'::text, 'unfounded'::text, 'withdrawn'::text, 'verified'::text, 'noticed'::text, 'decided'::text, 'moving'::text, 'corrected'::text, 'refused'::text, 'demanded'::text, 'court'::text, 'lawsuit'::text, 'market_rent'::text, 'suspended'::text, 'agreed'::text, 'vacated'::text, 'closed'::text])))
);

ALTER TABLE ONLY public.cases FORCE ROW LEVEL SECURITY;

ALTER TABLE public.cases ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.check_records (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    delivery_id bigint NOT NULL,
    household_id bigint NOT NULL,
    person_id bigint,
    check_type public.check_type NOT NULL,
    line integer,
    digest bytea NOT NULL,
    values_sealed bytea NOT NULL,
    holds boolean DEFAULT true NOT NULL,
    name_differs boolean DEFAULT false NOT NULL,
    CONSTRAINT check_records_digest_check CHECK ((octet_length(digest) = 16))
);

ALTER TABLE ONLY public.check_records FORCE ROW LEVEL SECURITY;

ALTER TABLE public.check_records ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.check_records_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.checks (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    round_id bigint,
    household_id bigint NOT NULL,
    check_type public.check_type NOT NULL,
    result public.check_result NOT NULL,
    as_of date NOT NULL,
    answered_on date NOT NULL,
    sequence integer DEFAULT 1 NOT NULL,
    delivery_id bigint NOT NULL,
    reason text,
    CONSTRAINT checks_reason_check CHECK ((char_length(reason) <= 500)),
    CONSTRAINT checks_sequence_check CHECK ((sequence > 0))
);

ALTER TABLE ONLY public.checks FORCE ROW LEVEL SECURITY;

ALTER TABLE public.checks ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.checks_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clock_settings (
    area public.area_code NOT NULL,
    code text NOT NULL,
    sequence integer NOT NULL,
    count integer NOT NULL,
    unit text NOT NULL,
    reason text NOT NULL,
    set_by bigint NOT NULL,
    set_by_name text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    CONSTRAINT clock_settings_code_check CHECK ((code = ANY (ARRAY['campaign'::text, 'sublet_objection'::text, 'rescission'::text, 'renewal'::text, 'lease_silence'::text, 'answer'::text, 'moving'::text, 'market_rent_review'::text, 'penalty_discovery'::text, 'penalty_decision'::text, 'penalty_service'::text, 'public_notice'::text, 'reconsideration'::text, 'suit'::text, 'suit_untold'::text, 'suit_after_review'::text, 'enforcement'::text, 'demand'::text, 'demand_wait'::text, 'court_acceptance'::text, 'court_ruling'::text, 'court_hearing'::text, 'suspension_review'::text, 'suspension_limit'::text, 'agreement'::text, 'no_application'::text]))),
    CONSTRAINT clock_settings_count_check CHECK ((count > 0)),
    CONSTRAINT clock_settings_reason_check CHECK (((char_length(reason) >= 2) AND (char_length(reason) <= 200))),
    CONSTRAINT clock_settings_sequence_check CHECK ((sequence > 0)),
    CONSTRAINT clock_settings_unit_check CHECK ((unit = ANY (ARRAY['days'::text, 'workdays'::text, 'months'::text, 'years'::text])))
);

ALTER TABLE ONLY public.clock_settings FORCE ROW LEVEL SECURITY;

CREATE TABLE public.complaint_events (
    id bigint NOT NULL,
    complaint_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    account_name text NOT NULL,
    action text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    note text
);

ALTER TABLE ONLY public.complaint_events FORCE ROW LEVEL SECURITY;

ALTER TABLE public.complaint_events ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.complaint_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.complaint_households (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    complaint_id bigint NOT NULL,
    household_id bigint NOT NULL,
    linked_by bigint NOT NULL,
    linked_by_name text NOT NULL,
    linked_at timestamp with time zone NOT NULL,
    removed_by bigint,
    removed_by_name text,
    removed_at timestamp with time zone,
    reason text,
    CONSTRAINT complaint_households_reason_check CHECK (((char_length(reason) >= 2) AND (char_length(reason) <= 300))),
    CONSTRAINT complaint_households_removed_check CHECK ((num_nulls(removed_by, removed_by_name, removed_at, reason) = ANY (ARRAY[0, 4])))
);

ALTER TABLE ONLY public.complaint_households FORCE ROW LEVEL SECURITY;

ALTER TABLE public.complaint_households ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.complaint_households_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.complaint_identities (
    complaint_id bigint NOT NULL,
    area public.area_code NOT NULL,
    name_sealed bytea NOT NULL,
    phone_sealed bytea NOT NULL
);

ALTER TABLE ONLY public.complaint_identities FORCE ROW LEVEL SECURITY;

CREATE TABLE public.complaint_messages (
    id bigint NOT NULL,
    complaint_id bigint NOT NULL,
    author text NOT NULL,
    account_name text,
    body text NOT NULL,
    posted_at timestamp with time zone NOT NULL,
    submission_hash bytea NOT NULL,
    CONSTRAINT complaint_messages_author_check CHECK ((author = ANY (ARRAY['citizen'::text, 'staff'::text]))),
    CONSTRAINT complaint_messages_body_check CHECK (((char_length(body) >= 1) AND (char_length(body) <= 2000))),
    CONSTRAINT complaint_messages_check CHECK (((author = 'staff'::text) = (account_name IS NOT NULL))),
    CONSTRAINT complaint_messages_check1 CHECK (((author = 'staff'::text) OR (posted_at = date_trunc('hour'::text, posted_at))))
);

ALTER TABLE ONLY public.complaint_messages FORCE ROW LEVEL SECURITY;

CREATE TABLE public.complaints (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    number text NOT NULL,
    kind text NOT NULL,
    channel text DEFAULT 'web'::text NOT NULL,
    estate_id bigint,
    address text,
    description text NOT NULL,
    is_named boolean NOT NULL,
    state text DEFAULT 'received'::text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    finished_at timestamp with time zone,
    reason text,
    result text,
    assigned_to bigint,
    submission_hash bytea NOT NULL,
    follow_up_hash bytea NOT NULL,
    digest bytea NOT NULL,
    signature bytea NOT NULL,
    signing_key text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT complaints_address_check CHECK ((char_length(address) <= 200)),
    CONSTRAINT complaints_channel_check CHECK ((channel = ANY (ARRAY['web'::text, 'phone'::text, 'letter'::text, 'visit'::text]))),
    CONSTRAINT complaints_check CHECK (((state <> 'not_accepted'::text) OR (reason IS NOT NULL))),
    CONSTRAINT complaints_check1 CHECK (((state = 'finished'::text) = (result IS NOT NULL))),
    CONSTRAINT complaints_check2 CHECK (((state = 'finished'::text) = (finished_at IS NOT NULL))),
    CONSTRAINT complaints_description_check CHECK (((char_length(description) >= 1) AND (char_length(description) <= 5000))),
    CONSTRAINT complaints_digest_check CHECK ((octet_length(digest) = 32)),
    CONSTRAINT complaints_follow_up_hash_check CHECK ((octet_length(follow_up_hash) = 32)),
    CONSTRAINT complaints_id_check CHECK ((id > 0)),
    CONSTRAINT complaints_kind_check CHECK ((kind = ANY (ARRAY['ineligible'::text, 'sublet'::text, 'lent'::text, 'vacant'::text, 'misconduct'::text, 'suggestion'::text, 'other'::text]))),
    CONSTRAINT complaints_received_at_check CHECK ((received_at = date_trunc('hour'::text, received_at))),
    CONSTRAINT complaints_signature_check CHECK ((octet_length(signature) = 64)),
    CONSTRAINT complaints_state_check CHECK ((state = ANY (ARRAY['received'::text, 'accepted'::text, 'not_accepted'::text, 'finished'::text]))),
    CONSTRAINT complaints_submission_hash_check CHECK ((octet_length(submission_hash) = 32))
);

ALTER TABLE ONLY public.complaints FORCE ROW LEVEL SECURITY;

CREATE TABLE public.contests (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    household_id bigint NOT NULL,
    check_id bigint NOT NULL,
    check_type public.check_type NOT NULL,
    delivery_id bigint NOT NULL,
    person_id bigint,
    said_on date NOT NULL,
    statement_sealed bytea NOT NULL,
    recorded_by bigint NOT NULL,
    recorded_by_name text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    outcome text,
    reason text,
    decided_by bigint,
    decided_by_name text,
    decided_at timestamp with time zone,
    CONSTRAINT contests_decided_check CHECK ((num_nulls(outcome, reason, decided_by, decided_by_name, decided_at) = ANY (ARRAY[0, 5]))),
    CONSTRAINT contests_outcome_check CHECK ((outcome = ANY (ARRAY['upheld'::text, 'set_aside'::text]))),
    CONSTRAINT contests_reason_check CHECK (((char_length(reason) >= 2) AND (char_length(reason) <= 500))),
    CONSTRAINT contests_second_person_check CHECK ((decided_by <> recorded_by))
);

ALTER TABLE ONLY public.contests FORCE ROW LEVEL SECURITY;

ALTER TABLE public.contests ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.contests_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE SEQUENCE public.counter_check_numbers
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.counter_checks (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    reference text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    account_id bigint NOT NULL,
    account_name text NOT NULL,
    system text,
    token_id bigint,
    request_key text,
    request_hash bytea,
    purpose text NOT NULL,
    id_number_index bytea NOT NULL,
    result text NOT NULL,
    person_id bigint,
    household_id bigint,
    name_matches boolean,
    finding_id bigint,
    released_at timestamp with time zone,
    released_by bigint,
    released_by_name text,
    release_reason text,
    filing_number text,
    filed_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT counter_checks_check CHECK (((result = 'protected'::text) = (household_id IS NOT NULL))),
    CONSTRAINT counter_checks_check1 CHECK (((released_at IS NULL) OR (result = 'protected'::text))),
    CONSTRAINT counter_checks_check2 CHECK (((filing_number IS NULL) = (filed_at IS NULL))),
    CONSTRAINT counter_checks_filing_number_check CHECK (((char_length(filing_number) >= 1) AND (char_length(filing_number) <= 60))),
    CONSTRAINT counter_checks_id_number_index_check CHECK ((octet_length(id_number_index) = 32)),
    CONSTRAINT counter_checks_purpose_check CHECK ((purpose = ANY (ARRAY['contract_filing'::text, 'registration'::text]))),
    CONSTRAINT counter_checks_release_reason_check CHECK ((char_length(release_reason) <= 500)),
    CONSTRAINT counter_checks_request_hash_check CHECK ((octet_length(request_hash) = 32)),
    CONSTRAINT counter_checks_request_key_check CHECK (((char_length(request_key) >= 1) AND (char_length(request_key) <= 200))),
    CONSTRAINT counter_checks_result_check CHECK ((result = ANY (ARRAY['not_protected'::text, 'protected'::text])))
);

ALTER TABLE ONLY public.counter_checks FORCE ROW LEVEL SECURITY;

ALTER TABLE public.counter_checks ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.counter_checks_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.deliveries (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    round_id bigint,
    check_type public.check_type NOT NULL,
    way text NOT NULL,
    state text NOT NULL,
    as_of date NOT NULL,
    is_complete boolean DEFAULT false NOT NULL,
    account_id bigint,
    account_name text NOT NULL,
    delivered_at timestamp with time zone NOT NULL,
    file_name text,
    file_size bigint,
    file_hash bytea,
    message text,
    row_count bigint,
    matched_rows bigint,
    other_rows bigint,
    bad_rows bigint,
    undecided_rows bigint,
    answers_new bigint,
    answers_same bigint,
    answers_changed bigint,
    reason text,
    previous_id bigint,
    confirmed_by bigint,
    confirmed_by_name text,
    confirmed_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    skipped_households bigint,
    answers_outside bigint,
    answers_unexplained bigint,
    answers_unauthorised bigint,
    CONSTRAINT deliveries_file_hash_check CHECK ((octet_length(file_hash) = 32)),
    CONSTRAINT deliveries_file_name_check CHECK (((char_length(file_name) >= 1) AND (char_length(file_name) <= 200))),
    CONSTRAINT deliveries_reason_check CHECK ((char_length(reason) <= 500)),
    CONSTRAINT deliveries_state_check CHECK ((state = ANY (ARRAY['matching'::text, 'matched'::text, 'committing'::text, 'done'::text, 'withdrawn'::text, 'failed'::text, 'cancelled'::text]))),
    CONSTRAINT deliveries_way_check CHECK ((way = ANY (ARRAY['screen'::text, 'work_list'::text, 'extract'::text, 'api'::text])))
);

ALTER TABLE ONLY public.deliveries FORCE ROW LEVEL SECURITY;

ALTER TABLE public.deliveries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.deliveries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.delivery_answers (
    delivery_id bigint NOT NULL,
    area public.area_code NOT NULL,
    household_id bigint NOT NULL,
    result public.check_result,
    as_of date,
    reason text,
    CONSTRAINT delivery_answers_reason_check CHECK ((char_length(reason) <= 500))
);

ALTER TABLE ONLY public.delivery_answers FORCE ROW LEVEL SECURITY;

CREATE TABLE public.delivery_changes (
    delivery_id bigint NOT NULL,
    area public.area_code NOT NULL,
    "position" integer NOT NULL,
    household_id bigint NOT NULL,
    household_number text NOT NULL,
    before text NOT NULL,
    after text NOT NULL,
    before_by text NOT NULL,
    before_on date NOT NULL
);

ALTER TABLE ONLY public.delivery_changes FORCE ROW LEVEL SECURITY;

CREATE TABLE public.delivery_matches (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    delivery_id bigint NOT NULL,
    line integer NOT NULL,
    person_id bigint NOT NULL,
    household_id bigint NOT NULL,
    values_sealed bytea,
    state text DEFAULT 'open'::text NOT NULL,
    decided_by_name text,
    decided_at timestamp with time zone,
    row_hash bytea,
    followed bigint,
    CONSTRAINT delivery_matches_row_hash_check CHECK ((octet_length(row_hash) = 32)),
    CONSTRAINT delivery_matches_state_check CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'rejected'::text]))),
    CONSTRAINT delivery_matches_values_check CHECK (((values_sealed IS NOT NULL) = (state = 'open'::text)))
);

ALTER TABLE ONLY public.delivery_matches FORCE ROW LEVEL SECURITY;

ALTER TABLE public.delivery_matches ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.delivery_matches_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.delivery_problems (
    id bigint NOT NULL,
    delivery_id bigint NOT NULL,
    area public.area_code NOT NULL,
    severity text NOT NULL,
    code text NOT NULL,
    title text NOT NULL,
    problems bigint,
    sheet text NOT NULL,
    line bigint NOT NULL,
    column_title text,
    shown text NOT NULL,
    message text NOT NULL,
    CONSTRAINT delivery_problems_severity_check CHECK ((severity = ANY (ARRAY['error'::text, 'warning'::text])))
);

ALTER TABLE ONLY public.delivery_problems FORCE ROW LEVEL SECURITY;

ALTER TABLE public.delivery_problems ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.delivery_problems_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.delivery_withdrawals (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    delivery_id bigint NOT NULL,
    reason text NOT NULL,
    proposed_by bigint NOT NULL,
    proposed_by_name text NOT NULL,
    proposed_role text NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    outcome text,
    decided_by bigint,
    decided_by_name text,
    decided_role text,
    decided_at timestamp with time zone,
    note text,
    CONSTRAINT delivery_withdrawals_decided_check CHECK ((num_nulls(outcome, decided_by, decided_by_name, decided_role, decided_at) = ANY (ARRAY[0, 5]))),
    CONSTRAINT delivery_withdrawals_note_check CHECK ((char_length(note) <= 500)),
    CONSTRAINT delivery_withdrawals_outcome_check CHECK ((outcome = ANY (ARRAY['approved'::text, 'declined'::text]))),
    CONSTRAINT delivery_withdrawals_reason_check CHECK (((char_length(reason) >= 2) AND (char_length(reason) <= 500))),
    CONSTRAINT delivery_withdrawals_second_person_check CHECK (((outcome IS DISTINCT FROM 'approved'::text) OR ((decided_by <> proposed_by) AND (('housing_lead'::text = proposed_role) OR ('housing_lead'::text = decided_role)))))
);

ALTER TABLE ONLY public.delivery_withdrawals FORCE ROW LEVEL SECURITY;

ALTER TABLE public.delivery_withdrawals ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.delivery_withdrawals_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.document_drafts (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    case_id bigint NOT NULL,
    kind text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    submission uuid NOT NULL,
    template_sequence integer NOT NULL,
    content_sealed bytea NOT NULL,
    created_by bigint NOT NULL,
    created_by_name text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_by_name text NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT document_drafts_kind_check CHECK ((kind = ANY (ARRAY['rectification'::text, 'notice'::text, 'return_order'::text, 'leave_notice'::text, 'demand'::text, 'enforcement'::text, 'civil_suit'::text, 'transfer'::text, 'closing'::text]))),
    CONSTRAINT document_drafts_template_sequence_check CHECK ((template_sequence >= 0))
);

ALTER TABLE ONLY public.document_drafts FORCE ROW LEVEL SECURITY;

ALTER TABLE public.document_drafts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.document_drafts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.document_numbers (
    area public.area_code NOT NULL,
    kind text NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL,
    CONSTRAINT document_numbers_last_check CHECK ((last >= 0)),
    CONSTRAINT document_numbers_year_check CHECK (((year >= 2000) AND (year <= 2100)))
);

ALTER TABLE ONLY public.document_numbers FORCE ROW LEVEL SECURITY;

CREATE TABLE public.document_offices (
    area public.area_code NOT NULL,
    sequence integer NOT NULL,
    organ text NOT NULL,
    organ_mark text NOT NULL,
    organ_address text NOT NULL,
    organ_code text NOT NULL,
    organ_head text NOT NULL,
    contact text NOT NULL,
    phone text NOT NULL,
    court text NOT NULL,
    review_organ text NOT NULL,
    set_by bigint NOT NULL,
    set_by_name text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    CONSTRAINT document_offices_contact_check CHECK ((char_length(contact) <= 60)),
    CONSTRAINT document_offices_court_check CHECK ((char_length(court) <= 60)),
    CONSTRAINT document_offices_organ_address_check CHECK ((char_length(organ_address) <= 120)),
    CONSTRAINT document_offices_organ_check CHECK (((char_length(organ) >= 2) AND (char_length(organ) <= 60))),
    CONSTRAINT document_offices_organ_code_check CHECK ((char_length(organ_code) <= 30)),
    CONSTRAINT document_offices_organ_head_check CHECK ((char_length(organ_head) <= 60)),
    CONSTRAINT document_offices_organ_mark_check CHECK (((char_length(organ_mark) >= 1) AND (char_length(organ_mark) <= 10))),
    CONSTRAINT document_offices_phone_check CHECK ((char_length(phone) <= 40)),
    CONSTRAINT document_offices_review_organ_check CHECK ((char_length(review_organ) <= 60)),
    CONSTRAINT document_offices_sequence_check CHECK ((sequence > 0))
);

ALTER TABLE ONLY public.document_offices FORCE ROW LEVEL SECURITY;

CREATE TABLE public.document_service_files (
    service_id bigint NOT NULL,
    file_id bigint NOT NULL,
    area public.area_code NOT NULL
);

ALTER TABLE ONLY public.document_service_files FORCE ROW LEVEL SECURITY;

CREATE TABLE public.document_services (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    document_id bigint NOT NULL,
    manner text NOT NULL,
    outcome text NOT NULL,
    served_on date NOT NULL,
    counts_on date,
    served_by text NOT NULL,
    carrier text,
    proof text,
    personal_sealed bytea,
    replaces bigint,
    submission uuid NOT NULL,
    recorded_by bigint NOT NULL,
    recorded_by_name text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT document_services_carrier_check CHECK (((char_length(carrier) >= 2) AND (char_length(carrier) <= 100))),
    CONSTRAINT document_services_manner_check CHECK ((manner = ANY (ARRAY['hand'::text, 'left'::text, 'post'::text, 'public'::text, 'agreed'::text]))),
    CONSTRAINT document_services_outcome_check CHECK ((outcome = ANY (ARRAY['served'::text, 'refused'::text, 'absent'::text, 'returned'::text, 'waiting'::text]))),
    CONSTRAINT document_services_proof_check CHECK (((char_length(proof) >= 2) AND (char_length(proof) <= 200))),
    CONSTRAINT document_services_proved_check CHECK (((counts_on IS NULL) OR (proof IS NOT NULL))),
    CONSTRAINT document_services_served_by_check CHECK (((char_length(served_by) >= 2) AND (char_length(served_by) <= 60)))
);

ALTER TABLE ONLY public.document_services FORCE ROW LEVEL SECURITY;

ALTER TABLE public.document_services ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.document_services_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.document_templates (
    area public.area_code NOT NULL,
    kind text NOT NULL,
    sequence integer NOT NULL,
    body text NOT NULL,
    set_by bigint NOT NULL,
    set_by_name text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    CONSTRAINT document_templates_body_check CHECK (((char_length(body) >= 20) AND (char_length(body) <= 5000))),
    CONSTRAINT document_templates_kind_check CHECK ((kind = ANY (ARRAY['rectification'::text, 'notice'::text, 'return_order'::text, 'leave_notice'::text, 'demand'::text, 'enforcement'::text, 'civil_suit'::text, 'transfer'::text, 'closing'::text]))),
    CONSTRAINT document_templates_sequence_check CHECK ((sequence > 0))
);

ALTER TABLE ONLY public.document_templates FORCE ROW LEVEL SECURITY;

CREATE TABLE public.estates (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    ownership text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    import_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT estates_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100))),
    CONSTRAINT estates_ownership_check CHECK ((ownership = ANY (ARRAY['government'::text, 'other'::text])))
);

ALTER TABLE ONLY public.estates FORCE ROW LEVEL SECURITY;

ALTER TABLE public.estates ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.estates_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.exchange_schedules (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    check_type public.check_type NOT NULL,
    every text NOT NULL,
    due_day integer NOT NULL,
    starts_on date NOT NULL,
    ended_on date,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT exchange_schedules_check CHECK (((due_day >= 1) AND (due_day <=
CASE every
    WHEN 'week'::text THEN 7
    ELSE 28
END))),
    CONSTRAINT exchange_schedules_every_check CHECK ((every = ANY (ARRAY['week'::text, 'month'::text])))
);

ALTER TABLE ONLY public.exchange_schedules FORCE ROW LEVEL SECURITY;

ALTER TABLE public.exchange_schedules ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.exchange_schedules_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.exit_grounds (
    area public.area_code NOT NULL,
    nature public.exit_nature NOT NULL,
    sequence integer NOT NULL,
    route text NOT NULL,
    articles text NOT NULL,
    local_rule text NOT NULL,
    set_by bigint NOT NULL,
    set_by_name text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    evidence text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT exit_grounds_articles_check CHECK ((char_length(articles) <= 200)),
    CONSTRAINT exit_grounds_evidence_check CHECK ((cardinality(evidence) <= 200)),
    CONSTRAINT exit_grounds_local_rule_check CHECK ((char_length(local_rule) <= 200)),
    CONSTRAINT exit_grounds_route_check CHECK ((route = ANY (ARRAY['administrative'::text, 'civil'::text, 'agreement'::text]))),
    CONSTRAINT exit_grounds_sequence_check CHECK ((sequence > 0))
);

ALTER TABLE ONLY public.exit_grounds FORCE ROW LEVEL SECURITY;

CREATE TABLE public.files (
    id bigint DEFAULT public.next_file_id(NULL::bigint) NOT NULL,
    complaint_id bigint,
    "position" integer NOT NULL,
    original_sealed bytea,
    original_sha256 bytea NOT NULL,
    original_type text NOT NULL,
    clean_sealed bytea,
    state text DEFAULT 'waiting'::text NOT NULL,
    refusal text,
    queue smallint,
    tries smallint DEFAULT 0 NOT NULL,
    area public.area_code NOT NULL,
    case_id bigint,
    kind text,
    title text,
    original_bytes bigint,
    thumbnail_sealed bytea,
    retention text NOT NULL,
    uploaded_by bigint,
    uploaded_by_name text,
    uploaded_at timestamp with time zone,
    removed_by bigint,
    removed_by_name text,
    removed_at timestamp with time zone,
    removal_reason text,
    erased_at timestamp with time zone,
    visit_id bigint,
    patrol_id bigint,
    CONSTRAINT files_case_check CHECK (((complaint_id IS NOT NULL) OR ((kind IS NOT NULL) AND (title IS NOT NULL)))),
    CONSTRAINT files_complaint_check CHECK (((complaint_id IS NULL) OR ((original_type <> 'application/pdf'::text) AND (kind IS NULL) AND (title IS NULL)))),
    CONSTRAINT files_content_check CHECK ((((state = 'waiting'::text) = (queue IS NOT NULL)) AND ((state = 'unreadable'::text) = (refusal IS NOT NULL)) AND ((state = 'clean'::text) OR (num_nonnulls(clean_sealed, thumbnail_sealed) = 0)) AND ((complaint_id IS NULL) OR (state = 'waiting'::text) OR (original_sealed IS NULL)) AND ((erased_at IS NOT NULL) OR (((state <> 'waiting'::text) OR (original_sealed IS NOT NULL)) AND ((state <> 'clean'::text) OR (clean_sealed IS NOT NULL)))) AND ((erased_at IS NULL) OR (num_nonnulls(original_sealed, clean_sealed, thumbnail_sealed) = 0)))),
    CONSTRAINT files_kind_check CHECK ((kind = ANY (ARRAY['evidence'::text, 'scene'::text, 'service'::text, 'hearing'::text, 'hardship'::text, 'authorisation'::text, 'handover'::text, 'document'::text, 'signature'::text, 'other'::text]))),
    CONSTRAINT files_original_bytes_check CHECK ((original_bytes > 0)),
    CONSTRAINT files_original_sha256_check CHECK ((octet_length(original_sha256) = 32)),
    CONSTRAINT files_original_type_check CHECK ((original_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'image/webp'::text, 'image/heic'::text, 'application/pdf'::text]))),
    CONSTRAINT files_owner_check CHECK ((num_nonnulls(complaint_id, case_id, visit_id, patrol_id) = 1)),
    CONSTRAINT files_position_check CHECK (("position" >= 1)),
    CONSTRAINT files_queue_check CHECK (((queue >= 0) AND (queue <= 63))),
    CONSTRAINT files_refusal_check CHECK ((refusal = ANY (ARRAY['unknown_type'::text, 'heic_not_taken'::text, 'undecodable'::text, 'too_large'::text, 'several_pictures'::text, 'too_much_work'::text, 'encrypted'::text, 'active'::text, 'too_many_pages'::text]))),
    CONSTRAINT files_removal_check CHECK (((num_nonnulls(removed_by, removed_by_name, removed_at, removal_reason) = ANY (ARRAY[0, 4])) AND ((removed_at IS NULL) OR (complaint_id IS NULL)))),
    CONSTRAINT files_removal_reason_check CHECK (((char_length(removal_reason) >= 2) AND (char_length(removal_reason) <= 200))),
    CONSTRAINT files_retention_check CHECK ((retention = ANY (ARRAY['complaint'::text, 'case'::text, 'visit'::text]))),
    CONSTRAINT files_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'clean'::text, 'unreadable'::text]))),
    CONSTRAINT files_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 100))),
    CONSTRAINT files_tries_check CHECK ((tries >= 0)),
    CONSTRAINT files_upload_check CHECK ((num_nonnulls(uploaded_by, uploaded_by_name, uploaded_at) =
CASE
    WHEN (complaint_id IS NULL) THEN 3
    ELSE 0
END))
);
ALTER TABLE ONLY public.files ALTER COLUMN original_sealed SET STORAGE EXTERNAL;
ALTER TABLE ONLY public.files ALTER COLUMN clean_sealed SET STORAGE EXTERNAL;
ALTER TABLE ONLY public.files ALTER COLUMN thumbnail_sealed SET STORAGE EXTERNAL;

ALTER TABLE ONLY public.files FORCE ROW LEVEL SECURITY;

CREATE TABLE public.finding_events (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    finding_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    account_name text NOT NULL,
    action text NOT NULL,
    note text,
    explanation_sealed bytea,
    CONSTRAINT finding_events_action_check CHECK ((action = ANY (ARRAY['found'::text, 'changed'::text, 'reopened'::text, 'lapsed'::text, 'dismissed'::text, 'confirmed'::text, 'released'::text]))),
    CONSTRAINT finding_events_note_check CHECK ((char_length(note) <= 500))
);

ALTER TABLE ONLY public.finding_events FORCE ROW LEVEL SECURITY;

ALTER TABLE public.finding_events ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.finding_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.findings (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    household_id bigint NOT NULL,
    rule public.finding_rule NOT NULL,
    subject text NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    found_at timestamp with time zone DEFAULT now() NOT NULL,
    evidence jsonb NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    run_id bigint,
    explanation_sealed bytea,
    explanation_digest bytea,
    decided_by bigint,
    decided_by_name text,
    decided_at timestamp with time zone,
    decision_reason text,
    CONSTRAINT findings_decided_check CHECK (((decided_at IS NULL) = (decided_by_name IS NULL))),
    CONSTRAINT findings_decision_reason_check CHECK ((char_length(decision_reason) <= 500)),
    CONSTRAINT findings_explanation_digest_check CHECK ((octet_length(explanation_digest) = 16)),
    CONSTRAINT findings_state_check CHECK ((state = ANY (ARRAY['open'::text, 'dismissed'::text, 'confirmed'::text, 'lapsed'::text])))
);

ALTER TABLE ONLY public.findings FORCE ROW LEVEL SECURITY;

ALTER TABLE public.findings ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.findings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.holiday_years (
    id bigint NOT NULL,
    area public.area_code,
    year integer NOT NULL,
    document text NOT NULL,
    days_off date[] NOT NULL,
    workdays date[] NOT NULL,
    set_by_name text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    CONSTRAINT holiday_years_check CHECK ((NOT (days_off && workdays))),
    CONSTRAINT holiday_years_days_off_check CHECK ((cardinality(days_off) > 0)),
    CONSTRAINT holiday_years_document_check CHECK (((char_length(document) >= 2) AND (char_length(document) <= 200))),
    CONSTRAINT holiday_years_year_check CHECK (((year >= 2000) AND (year <= 2100)))
);

ALTER TABLE public.holiday_years ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.holiday_years_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.home_watches (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    home_id bigint NOT NULL,
    reason text NOT NULL,
    note_sealed bytea,
    rhythm_days smallint NOT NULL,
    started_by bigint NOT NULL,
    started_by_name text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    next_on date NOT NULL,
    next_slot text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    ended_by_name text,
    ended_at timestamp with time zone,
    end_reason text,
    CONSTRAINT home_watches_end_reason_check CHECK (((char_length(end_reason) >= 2) AND (char_length(end_reason) <= 300))),
    CONSTRAINT home_watches_ended_check CHECK ((num_nonnulls(ended_by_name, ended_at, end_reason) = ANY (ARRAY[0, 3]))),
    CONSTRAINT home_watches_reason_check CHECK ((reason = ANY (ARRAY['sublet'::text, 'empty'::text, 'strangers'::text, 'listing'::text, 'utilities'::text, 'vehicles'::text, 'complaint'::text, 'other'::text]))),
    CONSTRAINT home_watches_rhythm_days_check CHECK (((rhythm_days >= 1) AND (rhythm_days <= 90))),
    CONSTRAINT home_watches_slot_check CHECK ((next_slot = ANY (ARRAY['day'::text, 'evening'::text, 'weekend'::text])))
);

ALTER TABLE ONLY public.home_watches FORCE ROW LEVEL SECURITY;

ALTER TABLE public.home_watches ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.home_watches_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.homes (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    estate_id bigint NOT NULL,
    building text NOT NULL,
    unit text NOT NULL,
    room text NOT NULL,
    floor_area numeric(7,2) NOT NULL,
    state text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    place text GENERATED ALWAYS AS (((building || unit) || room)) STORED COLLATE pg_catalog."C",
    import_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT homes_floor_area_check CHECK ((floor_area > (0)::numeric)),
    CONSTRAINT homes_state_check CHECK ((state = ANY (ARRAY['vacant'::text, 'leased'::text, 'in_repair'::text, 'awaiting_recovery'::text])))
);

ALTER TABLE ONLY public.homes FORCE ROW LEVEL SECURITY;

ALTER TABLE public.homes ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.homes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.households (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    number text NOT NULL,
    category text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    estate_id bigint,
    merged_into bigint,
    import_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    home_id bigint,
    applicant text,
    members integer DEFAULT 0 NOT NULL,
    CONSTRAINT households_category_check CHECK ((category = ANY (ARRAY['subsistence'::text, 'low_income'::text, 'lower_middle_income'::text, 'new_employee'::text, 'migrant_worker'::text, 'other'::text]))),
    CONSTRAINT households_merged_check CHECK ((merged_into <> id))
);

ALTER TABLE ONLY public.households FORCE ROW LEVEL SECURITY;

ALTER TABLE public.households ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.households_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.import_causes (
    import_id bigint NOT NULL,
    area public.area_code NOT NULL,
    severity text NOT NULL,
    code text NOT NULL,
    title text NOT NULL,
    problems bigint NOT NULL,
    CONSTRAINT import_causes_problems_check CHECK ((problems > 0)),
    CONSTRAINT import_causes_severity_check CHECK ((severity = ANY (ARRAY['error'::text, 'warning'::text])))
);

ALTER TABLE ONLY public.import_causes FORCE ROW LEVEL SECURITY;

CREATE TABLE public.import_changes (
    id bigint NOT NULL,
    import_id bigint NOT NULL,
    area public.area_code NOT NULL,
    sheet text NOT NULL,
    line bigint NOT NULL,
    subject text NOT NULL,
    fields jsonb NOT NULL
);

ALTER TABLE ONLY public.import_changes FORCE ROW LEVEL SECURITY;

ALTER TABLE public.import_changes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.import_changes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.import_chunks (
    import_id bigint NOT NULL,
    area public.area_code NOT NULL,
    "position" integer NOT NULL,
    content bytea NOT NULL
);
ALTER TABLE ONLY public.import_chunks ALTER COLUMN content SET STORAGE EXTERNAL;

ALTER TABLE ONLY public.import_chunks FORCE ROW LEVEL SECURITY;

CREATE TABLE public.import_problems (
    id bigint NOT NULL,
    import_id bigint NOT NULL,
    area public.area_code NOT NULL,
    severity text NOT NULL,
    code text NOT NULL,
    title text NOT NULL,
    sheet text NOT NULL,
    line bigint NOT NULL,
    column_title text,
    shown text NOT NULL,
    message text NOT NULL,
    CONSTRAINT import_problems_severity_check CHECK ((severity = ANY (ARRAY['error'::text, 'warning'::text])))
);

ALTER TABLE ONLY public.import_problems FORCE ROW LEVEL SECURITY;

ALTER TABLE public.import_problems ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.import_problems_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.imports (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    file_name text NOT NULL,
    file_size bigint NOT NULL,
    file_hash bytea NOT NULL,
    is_command boolean DEFAULT false NOT NULL,
    uploaded_by bigint NOT NULL,
    uploaded_by_name text NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    message text,
    row_count bigint,
    error_count bigint,
    warning_count bigint,
    bad_rows bigint,
    counts jsonb,
    good_rows_only boolean,
    confirmed_by bigint,
    confirmed_by_name text,
    confirmed_at timestamp with time zone,
    finished_at timestamp with time zone,
    undone_by bigint,
    undone_by_name text,
    undo_reason text,
    undone_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    first_household bigint,
    last_household bigint,
    first_person bigint,
    last_person bigint,
    hidden_rows bigint,
    takes_hidden boolean DEFAULT false NOT NULL,
    CONSTRAINT imports_check CHECK (((confirmed_by IS NULL) = (confirmed_at IS NULL))),
    CONSTRAINT imports_check1 CHECK (((undone_by IS NULL) = (undo_reason IS NULL))),
    CONSTRAINT imports_file_hash_check CHECK ((octet_length(file_hash) = 32)),
    CONSTRAINT imports_file_name_check CHECK (((char_length(file_name) >= 1) AND (char_length(file_name) <= 200))),
    CONSTRAINT imports_file_size_check CHECK ((file_size >= 0)),
    CONSTRAINT imports_kind_check CHECK ((kind = ANY (ARRAY['estates'::text, 'homes'::text, 'households'::text, 'leases'::text]))),
    CONSTRAINT imports_state_check CHECK ((state = ANY (ARRAY['repeated'::text, 'uploaded'::text, 'checking'::text, 'checked'::text, 'confirmed'::text, 'committing'::text, 'done'::text, 'failed'::text, 'cancelled'::text, 'undo_asked'::text, 'undoing'::text, 'undone'::text]))),
    CONSTRAINT imports_undo_reason_check CHECK ((char_length(undo_reason) <= 500))
);

ALTER TABLE ONLY public.imports FORCE ROW LEVEL SECURITY;

ALTER TABLE public.imports ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.imports_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.job_schedules (
    kind text NOT NULL,
    area public.area_code NOT NULL,
    account_id bigint NOT NULL,
    rhythm text NOT NULL,
    weekday smallint,
    minute_of_day smallint NOT NULL,
    set_at timestamp with time zone NOT NULL,
    CONSTRAINT job_schedules_check CHECK (((weekday IS NOT NULL) = (rhythm = 'weekly'::text))),
    CONSTRAINT job_schedules_kind_check CHECK ((kind ~ '^[a-z]+(_[a-z]+)*$'::text)),
    CONSTRAINT job_schedules_minute_of_day_check CHECK (((minute_of_day >= 0) AND (minute_of_day <= 1439))),
    CONSTRAINT job_schedules_rhythm_check CHECK ((rhythm = ANY (ARRAY['daily'::text, 'weekly'::text, 'half_month'::text]))),
    CONSTRAINT job_schedules_weekday_check CHECK (((weekday >= 1) AND (weekday <= 7)))
);

ALTER TABLE ONLY public.job_schedules FORCE ROW LEVEL SECURITY;

CREATE TABLE public.jobs (
    id bigint NOT NULL,
    kind text NOT NULL,
    subject bigint,
    area public.area_code NOT NULL,
    account_id bigint,
    lane text NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    home text,
    worker text,
    heard_at timestamp with time zone DEFAULT now() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    not_before timestamp with time zone,
    phase text,
    done bigint DEFAULT 0 NOT NULL,
    expected bigint,
    message text,
    cancel_asked_at timestamp with time zone,
    due_at timestamp with time zone,
    terms jsonb,
    entered_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone,
    is_begun boolean DEFAULT true NOT NULL,
    CONSTRAINT jobs_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT jobs_check CHECK (((worker IS NOT NULL) = (state = 'running'::text))),
    CONSTRAINT jobs_check1 CHECK (((finished_at IS NOT NULL) = (state = ANY (ARRAY['done'::text, 'failed'::text, 'cancelled'::text])))),
    CONSTRAINT jobs_check2 CHECK (((terms IS NULL) OR (state = ANY (ARRAY['waiting'::text, 'running'::text])))),
    CONSTRAINT jobs_kind_check CHECK ((kind ~ '^[a-z]+(_[a-z]+)*$'::text)),
    CONSTRAINT jobs_lane_check CHECK ((lane <> ''::text)),
    CONSTRAINT jobs_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);

ALTER TABLE ONLY public.jobs FORCE ROW LEVEL SECURITY;

ALTER TABLE public.jobs ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.leases (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    home_id bigint NOT NULL,
    household_id bigint NOT NULL,
    contract_number text NOT NULL,
    contract_version text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    monthly_rent numeric(9,2) NOT NULL,
    deposit numeric(9,2) NOT NULL,
    state text NOT NULL,
    ended_on date,
    version integer DEFAULT 1 NOT NULL,
    ended_reason text,
    import_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT leases_check CHECK ((ends_on > starts_on)),
    CONSTRAINT leases_check1 CHECK (((state = 'ended'::text) = (ended_on IS NOT NULL))),
    CONSTRAINT leases_deposit_check CHECK ((deposit >= (0)::numeric)),
    CONSTRAINT leases_ended_reason_check CHECK ((char_length(ended_reason) <= 500)),
    CONSTRAINT leases_monthly_rent_check CHECK ((monthly_rent >= (0)::numeric)),
    CONSTRAINT leases_state_check CHECK ((state = ANY (ARRAY['running'::text, 'ended'::text])))
);

ALTER TABLE ONLY public.leases FORCE ROW LEVEL SECURITY;

ALTER TABLE public.leases ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.leases_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.match_decisions (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    row_hash bytea NOT NULL,
    person_id bigint NOT NULL,
    household_id bigint NOT NULL,
    decision text NOT NULL,
    delivery_id bigint NOT NULL,
    decided_by bigint,
    decided_by_name text NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    revoked_by_name text,
    revoked_at timestamp with time zone,
    CONSTRAINT match_decisions_check CHECK (((revoked_at IS NULL) = (revoked_by_name IS NULL))),
    CONSTRAINT match_decisions_decision_check CHECK ((decision = ANY (ARRAY['accepted'::text, 'rejected'::text]))),
    CONSTRAINT match_decisions_row_hash_check CHECK ((octet_length(row_hash) = 32))
);

ALTER TABLE ONLY public.match_decisions FORCE ROW LEVEL SECURITY;

ALTER TABLE public.match_decisions ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.match_decisions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.milestones (
    campaign_id bigint NOT NULL,
    area public.area_code NOT NULL,
    "position" integer NOT NULL,
    title text NOT NULL,
    due_on date NOT NULL,
    owed_by text[] NOT NULL,
    done_on date,
    id bigint NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    evidence text,
    done_by_name text
);

ALTER TABLE ONLY public.milestones FORCE ROW LEVEL SECURITY;

ALTER TABLE public.milestones ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.milestones_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.name_backlog (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    first_person bigint NOT NULL,
    last_person bigint NOT NULL,
    CONSTRAINT name_backlog_check CHECK ((first_person <= last_person))
);

ALTER TABLE ONLY public.name_backlog FORCE ROW LEVEL SECURITY;

ALTER TABLE public.name_backlog ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.name_backlog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.patrols (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    home_id bigint NOT NULL,
    key uuid NOT NULL,
    observed_at timestamp with time zone NOT NULL,
    signal text NOT NULL,
    note_sealed bytea NOT NULL,
    recorded_by bigint NOT NULL,
    recorded_by_name text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT patrols_signal_check CHECK ((signal = ANY (ARRAY['nothing'::text, 'strangers'::text, 'listing'::text, 'empty'::text, 'vehicles'::text, 'other_use'::text, 'damage'::text, 'other'::text])))
);

ALTER TABLE ONLY public.patrols FORCE ROW LEVEL SECURITY;

ALTER TABLE public.patrols ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrols_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.person_name_grams (
    gram text NOT NULL COLLATE pg_catalog."C",
    area public.area_code NOT NULL,
    household_id bigint NOT NULL,
    person_id bigint NOT NULL
);

ALTER TABLE ONLY public.person_name_grams FORCE ROW LEVEL SECURITY;

CREATE TABLE public.persons (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    household_id bigint NOT NULL,
    relation text NOT NULL,
    name text NOT NULL,
    id_number_sealed bytea NOT NULL,
    id_number_index bytea NOT NULL,
    phone_sealed bytea,
    phone_index bytea,
    marital_status text NOT NULL,
    registered_at public.area_code,
    version integer DEFAULT 1 NOT NULL,
    left_on date,
    left_reason text,
    import_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT persons_id_number_index_check CHECK ((octet_length(id_number_index) = 32)),
    CONSTRAINT persons_left_check CHECK (((left_on IS NULL) = (left_reason IS NULL))),
    CONSTRAINT persons_left_reason_check CHECK ((left_reason = ANY (ARRAY['died'::text, 'married_out'::text, 'moved_out'::text, 'split'::text, 'merged'::text, 'other'::text]))),
    CONSTRAINT persons_marital_status_check CHECK ((marital_status = ANY (ARRAY['single'::text, 'married'::text, 'divorced'::text, 'widowed'::text, 'unknown'::text]))),
    CONSTRAINT persons_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 60))),
    CONSTRAINT persons_phone_index_check CHECK ((octet_length(phone_index) = 32)),
    CONSTRAINT persons_relation_check CHECK ((relation = ANY (ARRAY['applicant'::text, 'spouse'::text, 'child'::text, 'parent'::text, 'grandchild'::text, 'other'::text])))
);

ALTER TABLE ONLY public.persons FORCE ROW LEVEL SECURITY;

ALTER TABLE public.persons ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.persons_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.register_changes (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    entity text NOT NULL,
    entity_id bigint NOT NULL,
    household_id bigint,
    operation bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    account_id bigint,
    account_name text NOT NULL,
    action text NOT NULL,
    reason text,
    import_id bigint,
    before jsonb,
    after jsonb,
    CONSTRAINT register_changes_entity_check CHECK ((entity = ANY (ARRAY['estates'::text, 'homes'::text, 'households'::text, 'persons'::text, 'leases'::text])))
);

ALTER TABLE ONLY public.register_changes FORCE ROW LEVEL SECURITY;

ALTER TABLE public.register_changes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.register_changes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.releases (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    campaign_id bigint NOT NULL,
    cutoff_at timestamp with time zone NOT NULL,
    figures jsonb NOT NULL,
    public_figures jsonb NOT NULL,
    state text DEFAULT 'prepared'::text NOT NULL,
    prepared_by bigint NOT NULL,
    prepared_by_name text NOT NULL,
    published_by bigint,
    published_by_name text,
    published_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT releases_check CHECK (((state = 'published'::text) = (published_at IS NOT NULL))),
    CONSTRAINT releases_check1 CHECK (((published_at IS NULL) = (published_by IS NULL))),
    CONSTRAINT releases_second_person_check CHECK ((published_by <> prepared_by)),
    CONSTRAINT releases_state_check CHECK ((state = ANY (ARRAY['prepared'::text, 'published'::text, 'discarded'::text])))
);

ALTER TABLE ONLY public.releases FORCE ROW LEVEL SECURITY;

ALTER TABLE public.releases ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.releases_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.repair_events (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    repair_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    account_name text NOT NULL,
    action text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    note text,
    CONSTRAINT repair_events_note_check CHECK ((char_length(note) <= 1000))
);

ALTER TABLE ONLY public.repair_events FORCE ROW LEVEL SECURITY;

ALTER TABLE public.repair_events ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.repair_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.repair_notes (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    home_id bigint NOT NULL,
    visit_id bigint,
    kind text NOT NULL,
    words text NOT NULL,
    is_urgent boolean NOT NULL,
    entered_by bigint NOT NULL,
    entered_by_name text NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    planned_on date,
    state text DEFAULT 'open'::text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT repair_notes_kind_check CHECK ((kind = ANY (ARRAY['leak'::text, 'power'::text, 'plumbing'::text, 'gas'::text, 'doors'::text, 'walls'::text, 'fire'::text, 'other'::text]))),
    CONSTRAINT repair_notes_state_check CHECK ((state = ANY (ARRAY['open'::text, 'working'::text, 'done'::text, 'declined'::text]))),
    CONSTRAINT repair_notes_words_check CHECK (((char_length(words) >= 1) AND (char_length(words) <= 500)))
);

ALTER TABLE ONLY public.repair_notes FORCE ROW LEVEL SECURITY;

ALTER TABLE public.repair_notes ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.repair_notes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.repeated_answers (
    delivery_id bigint NOT NULL,
    area public.area_code NOT NULL,
    household_id bigint NOT NULL,
    check_type public.check_type NOT NULL,
    result public.check_result NOT NULL,
    as_of date NOT NULL,
    answered_on date NOT NULL,
    repeats bigint NOT NULL
);

ALTER TABLE ONLY public.repeated_answers FORCE ROW LEVEL SECURITY;

CREATE TABLE public.report_settlings (
    id bigint NOT NULL,
    hour timestamp with time zone NOT NULL,
    xid bigint NOT NULL,
    CONSTRAINT report_settlings_hour_check CHECK ((hour = date_trunc('hour'::text, hour)))
);

ALTER TABLE ONLY public.report_settlings FORCE ROW LEVEL SECURITY;

ALTER TABLE public.report_settlings ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.report_settlings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reveals (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    account_id bigint NOT NULL,
    account_name text NOT NULL,
    at timestamp with time zone NOT NULL,
    person_id bigint NOT NULL,
    household_number text NOT NULL,
    field text NOT NULL,
    reason text NOT NULL,
    in_hour integer NOT NULL,
    CONSTRAINT reveals_field_check CHECK ((field = ANY (ARRAY['id_number'::text, 'phone'::text]))),
    CONSTRAINT reveals_in_hour_check CHECK ((in_hour >= 1)),
    CONSTRAINT reveals_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 200)))
);

ALTER TABLE ONLY public.reveals FORCE ROW LEVEL SECURITY;

ALTER TABLE public.reveals ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.reveals_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.review_dues (
    round_id bigint NOT NULL,
    area public.area_code NOT NULL,
    bureau public.bureau NOT NULL,
    due_on date NOT NULL
);

ALTER TABLE ONLY public.review_dues FORCE ROW LEVEL SECURITY;

CREATE TABLE public.review_households (
    round_id bigint NOT NULL,
    household_id bigint NOT NULL,
    area public.area_code NOT NULL,
    estate_id bigint DEFAULT 0 NOT NULL
);

ALTER TABLE ONLY public.review_households FORCE ROW LEVEL SECURITY;

CREATE TABLE public.review_progress (
    round_id bigint NOT NULL,
    area public.area_code NOT NULL,
    estate_id bigint NOT NULL,
    check_type public.check_type NOT NULL,
    households bigint NOT NULL,
    clear bigint DEFAULT 0 NOT NULL,
    hit bigint DEFAULT 0 NOT NULL,
    not_found bigint DEFAULT 0 NOT NULL
);

ALTER TABLE ONLY public.review_progress FORCE ROW LEVEL SECURITY;

CREATE TABLE public.review_rounds (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    campaign_id bigint NOT NULL,
    title text NOT NULL,
    opened_on date NOT NULL,
    closed_on date,
    opened_by bigint,
    opened_by_name text,
    closed_by bigint,
    closed_by_name text,
    closed_reason text,
    open_checks_at_close bigint,
    version integer DEFAULT 1 NOT NULL,
    changed_by_name text,
    changed_at timestamp with time zone,
    CONSTRAINT review_rounds_closed_check CHECK (((closed_on IS NULL) OR (closed_on >= opened_on))),
    CONSTRAINT review_rounds_closed_reason_check CHECK ((char_length(closed_reason) <= 500)),
    CONSTRAINT review_rounds_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 100)))
);

ALTER TABLE ONLY public.review_rounds FORCE ROW LEVEL SECURITY;

ALTER TABLE public.review_rounds ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.review_rounds_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.roster_entries (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    roster_id bigint NOT NULL,
    lease_id bigint NOT NULL,
    household_id bigint NOT NULL,
    home_id bigint NOT NULL,
    estate_id bigint NOT NULL,
    route text NOT NULL COLLATE pg_catalog."C",
    team_id bigint,
    state text DEFAULT 'waiting'::text NOT NULL,
    attempts smallint DEFAULT 0 NOT NULL,
    next_on date,
    next_slot text,
    last_visited_on date,
    risk smallint DEFAULT 0 NOT NULL,
    risk_signals text[] DEFAULT '{}'::text[] NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT roster_entries_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT roster_entries_next_check CHECK (((next_on IS NULL) = (next_slot IS NULL))),
    CONSTRAINT roster_entries_risk_check CHECK ((risk >= 0)),
    CONSTRAINT roster_entries_slot_check CHECK ((next_slot = ANY (ARRAY['day'::text, 'evening'::text, 'weekend'::text]))),
    CONSTRAINT roster_entries_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'visited'::text, 'gone'::text])))
);

ALTER TABLE ONLY public.roster_entries FORCE ROW LEVEL SECURITY;

ALTER TABLE public.roster_entries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.roster_entries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.rule_runs (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    round_id bigint,
    delivery_id bigint,
    year integer NOT NULL,
    at timestamp with time zone NOT NULL,
    account_id bigint NOT NULL,
    account_name text NOT NULL,
    state text NOT NULL,
    households bigint DEFAULT 0 NOT NULL,
    households_expected bigint,
    found bigint DEFAULT 0 NOT NULL,
    changed bigint DEFAULT 0 NOT NULL,
    reopened bigint DEFAULT 0 NOT NULL,
    lapsed bigint DEFAULT 0 NOT NULL,
    unchanged bigint DEFAULT 0 NOT NULL,
    lines jsonb,
    message text,
    finished_at timestamp with time zone,
    CONSTRAINT rule_runs_check CHECK (((round_id IS NULL) OR (delivery_id IS NULL))),
    CONSTRAINT rule_runs_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text])))
);

ALTER TABLE ONLY public.rule_runs FORCE ROW LEVEL SECURITY;

ALTER TABLE public.rule_runs ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.rule_runs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sessions (
    token_hash bytea NOT NULL,
    account_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    address text,
    password_at timestamp with time zone NOT NULL,
    CONSTRAINT sessions_address_check CHECK ((char_length(address) <= 60)),
    CONSTRAINT sessions_token_hash_check CHECK ((octet_length(token_hash) = 32))
);

ALTER TABLE ONLY public.sessions FORCE ROW LEVEL SECURITY;

CREATE TABLE public.setup_links (
    token_hash bytea NOT NULL,
    made_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    used_for public.area_code,
    CONSTRAINT setup_links_check CHECK ((ends_at > made_at)),
    CONSTRAINT setup_links_check1 CHECK (((used_at IS NULL) = (used_for IS NULL))),
    CONSTRAINT setup_links_token_hash_check CHECK ((octet_length(token_hash) = 32))
);

ALTER TABLE ONLY public.setup_links FORCE ROW LEVEL SECURITY;

CREATE TABLE public.sign_in_failures (
    subject bytea NOT NULL,
    failures integer NOT NULL,
    last_failed_at timestamp with time zone NOT NULL,
    locked_until timestamp with time zone,
    CONSTRAINT sign_in_failures_subject_check CHECK ((octet_length(subject) = 32))
);

CREATE TABLE public.site_settings (
    area public.area_code NOT NULL,
    county_name text NOT NULL,
    title text NOT NULL,
    bureaus text[] NOT NULL,
    organiser text,
    contact text,
    site_code text,
    icp_record text,
    police_record text,
    is_demo boolean DEFAULT false NOT NULL,
    small_count_below integer DEFAULT 5 NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT site_settings_small_count_below_check CHECK (((small_count_below >= 1) AND (small_count_below <= 100)))
);

CREATE TABLE public.thresholds (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    year integer NOT NULL,
    kind text NOT NULL,
    amount numeric(14,2) NOT NULL,
    document text NOT NULL,
    sequence integer DEFAULT 1 NOT NULL,
    set_by bigint,
    set_by_name text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    CONSTRAINT thresholds_amount_check CHECK ((amount >= (0)::numeric)),
    CONSTRAINT thresholds_document_check CHECK (((char_length(document) >= 2) AND (char_length(document) <= 200))),
    CONSTRAINT thresholds_kind_check CHECK ((kind = ANY (ARRAY['income_per_head'::text, 'household_assets'::text, 'vehicle_value'::text, 'electricity'::text, 'water'::text, 'empty_months'::text, 'arrears_months'::text]))),
    CONSTRAINT thresholds_sequence_check CHECK ((sequence > 0)),
    CONSTRAINT thresholds_year_check CHECK (((year >= 2000) AND (year <= 2100)))
);

ALTER TABLE ONLY public.thresholds FORCE ROW LEVEL SECURITY;

ALTER TABLE public.thresholds ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.thresholds_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.vacancy_reasons (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    household_id bigint NOT NULL,
    reason public.vacancy_reason NOT NULL,
    from_on date NOT NULL,
    until_on date,
    proof text NOT NULL,
    recorded_by bigint NOT NULL,
    recorded_by_name text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    revoked_reason text,
    revoked_by_name text,
    revoked_at timestamp with time zone,
    CONSTRAINT vacancy_reasons_check CHECK ((until_on >= from_on)),
    CONSTRAINT vacancy_reasons_check1 CHECK ((num_nulls(revoked_reason, revoked_by_name, revoked_at) = ANY (ARRAY[0, 3]))),
    CONSTRAINT vacancy_reasons_proof_check CHECK (((char_length(proof) >= 2) AND (char_length(proof) <= 200))),
    CONSTRAINT vacancy_reasons_revoked_reason_check CHECK (((char_length(revoked_reason) >= 2) AND (char_length(revoked_reason) <= 500)))
);

ALTER TABLE ONLY public.vacancy_reasons FORCE ROW LEVEL SECURITY;

ALTER TABLE public.vacancy_reasons ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.vacancy_reasons_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.visit_days (
    roster_id bigint NOT NULL,
    area public.area_code NOT NULL,
    team_id bigint NOT NULL,
    day date NOT NULL,
    slot text NOT NULL,
    visits bigint DEFAULT 0 NOT NULL,
    met bigint DEFAULT 0 NOT NULL,
    CONSTRAINT visit_days_slot_check CHECK ((slot = ANY (ARRAY['day'::text, 'evening'::text, 'weekend'::text])))
);

ALTER TABLE ONLY public.visit_days FORCE ROW LEVEL SECURITY;

CREATE TABLE public.visit_events (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    visit_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    account_name text NOT NULL,
    action text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    note text,
    CONSTRAINT visit_events_note_check CHECK ((char_length(note) <= 1000))
);

ALTER TABLE ONLY public.visit_events FORCE ROW LEVEL SECURITY;

ALTER TABLE public.visit_events ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.visit_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.visit_marks (
    visit_id bigint NOT NULL,
    area public.area_code NOT NULL,
    mark text NOT NULL,
    details text,
    CONSTRAINT visit_marks_details_check CHECK ((char_length(details) <= 200)),
    CONSTRAINT visit_marks_mark_check CHECK ((mark = ANY (ARRAY['too_quick'::text, 'same_photo'::text, 'far_away'::text, 'clock_off'::text, 'late'::text])))
);

ALTER TABLE ONLY public.visit_marks FORCE ROW LEVEL SECURITY;

CREATE TABLE public.visit_phone_keys (
    account_id bigint NOT NULL,
    device uuid NOT NULL,
    area public.area_code NOT NULL,
    key_sealed bytea NOT NULL,
    made_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.visit_phone_keys FORCE ROW LEVEL SECURITY;

CREATE TABLE public.visit_progress (
    roster_id bigint NOT NULL,
    area public.area_code NOT NULL,
    estate_id bigint NOT NULL,
    team_id bigint NOT NULL,
    entries bigint DEFAULT 0 NOT NULL,
    visited bigint DEFAULT 0 NOT NULL,
    tried bigint DEFAULT 0 NOT NULL
);

ALTER TABLE ONLY public.visit_progress FORCE ROW LEVEL SECURITY;

CREATE TABLE public.visit_rosters (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    campaign_id bigint NOT NULL,
    made_by bigint,
    made_by_name text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    ready_at timestamp with time zone
);

ALTER TABLE ONLY public.visit_rosters FORCE ROW LEVEL SECURITY;

ALTER TABLE public.visit_rosters ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.visit_rosters_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.visit_teams (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    roster_id bigint NOT NULL,
    name text NOT NULL,
    first_id bigint NOT NULL,
    first_name text NOT NULL,
    second_id bigint,
    second_name text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    made_by_name text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    disbanded_at timestamp with time zone,
    CONSTRAINT visit_teams_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 40))),
    CONSTRAINT visit_teams_second_name_check CHECK (((char_length(second_name) >= 1) AND (char_length(second_name) <= 40))),
    CONSTRAINT visit_teams_two_check CHECK ((second_id <> first_id))
);

ALTER TABLE ONLY public.visit_teams FORCE ROW LEVEL SECURITY;

ALTER TABLE public.visit_teams ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.visit_teams_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.visits (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    campaign_id bigint NOT NULL,
    household_id bigint NOT NULL,
    visited_on date NOT NULL,
    met text NOT NULL,
    home_use text,
    entry_id bigint,
    lease_id bigint,
    home_id bigint,
    team_id bigint,
    key uuid,
    recorded_by bigint,
    recorded_by_name text,
    recorded_at timestamp with time zone,
    started_at timestamp with time zone,
    visited_at timestamp with time zone,
    clock_off_seconds integer,
    slot text,
    second_id bigint,
    second_name text,
    confirmed_at timestamp with time zone,
    id_checked boolean,
    occupants smallint,
    empty_since date,
    empty_reason text,
    water numeric(10,2),
    electricity numeric(10,2),
    gas numeric(10,2),
    is_redecorated boolean,
    recording_number text,
    renews boolean,
    arrears_fen bigint,
    arrears_by date,
    personal_sealed bytea,
    latitude numeric(7,4),
    longitude numeric(7,4),
    photos_taken bytea[] DEFAULT '{}'::bytea[] NOT NULL,
    state text DEFAULT 'submitted'::text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    replaces_id bigint,
    CONSTRAINT visits_arrears_check CHECK (((arrears_fen IS NULL) = (arrears_by IS NULL))),
    CONSTRAINT visits_arrears_fen_check CHECK ((arrears_fen > 0)),
    CONSTRAINT visits_check CHECK (((met = 'nobody'::text) OR (home_use IS NOT NULL))),
    CONSTRAINT visits_electricity_check CHECK ((electricity >= (0)::numeric)),
    CONSTRAINT visits_empty_reason_check CHECK ((empty_reason = ANY (ARRAY['working_away'::text, 'hospital'::text, 'study'::text, 'military'::text, 'prison'::text, 'other'::text]))),
    CONSTRAINT visits_gas_check CHECK ((gas >= (0)::numeric)),
    CONSTRAINT visits_home_use_check CHECK ((home_use = ANY (ARRAY['self'::text, 'sublet'::text, 'lent'::text, 'empty'::text, 'other'::text]))),
    CONSTRAINT visits_latitude_check CHECK (((latitude >= ('-90'::integer)::numeric) AND (latitude <= (90)::numeric))),
    CONSTRAINT visits_longitude_check CHECK (((longitude >= ('-180'::integer)::numeric) AND (longitude <= (180)::numeric))),
    CONSTRAINT visits_met_check CHECK ((met = ANY (ARRAY['tenant'::text, 'family'::text, 'other'::text, 'nobody'::text]))),
    CONSTRAINT visits_occupants_check CHECK (((occupants >= 0) AND (occupants <= 50))),
    CONSTRAINT visits_place_check CHECK (((latitude IS NULL) = (longitude IS NULL))),
    CONSTRAINT visits_recorded_check CHECK ((num_nonnulls(key, recorded_by, recorded_by_name, recorded_at, visited_at, slot) = ANY (ARRAY[0, 6]))),
    CONSTRAINT visits_recording_number_check CHECK (((char_length(recording_number) >= 1) AND (char_length(recording_number) <= 40))),
    CONSTRAINT visits_slot_check CHECK ((slot = ANY (ARRAY['day'::text, 'evening'::text, 'weekend'::text]))),
    CONSTRAINT visits_state_check CHECK ((state = ANY (ARRAY['submitted'::text, 'returned'::text, 'accepted'::text, 'void'::text]))),
    CONSTRAINT visits_two_check CHECK ((second_id <> recorded_by)),
    CONSTRAINT visits_water_check CHECK ((water >= (0)::numeric))
);

ALTER TABLE ONLY public.visits FORCE ROW LEVEL SECURITY;

ALTER TABLE public.visits ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.visits_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.withdrawn_checks (
    id bigint NOT NULL,
    area public.area_code NOT NULL,
    round_id bigint,
    household_id bigint NOT NULL,
    check_type public.check_type NOT NULL,
    result public.check_result NOT NULL,
    as_of date NOT NULL,
    answered_on date NOT NULL,
    sequence integer NOT NULL,
    delivery_id bigint NOT NULL,
    reason text,
    withdrawal_id bigint,
    contest_id bigint,
    CONSTRAINT withdrawn_checks_why_check CHECK ((num_nonnulls(withdrawal_id, contest_id) = 1))
);

ALTER TABLE ONLY public.withdrawn_checks FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.account_passwords
    ADD CONSTRAINT account_passwords_pkey PRIMARY KEY (account_id);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_account_key UNIQUE (account);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.api_requests
    ADD CONSTRAINT api_requests_pkey PRIMARY KEY (token_id, key);

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.areas
    ADD CONSTRAINT areas_pkey PRIMARY KEY (code);

ALTER TABLE public.audit_events
    ADD CONSTRAINT audit_events_no_id_number_check CHECK ((NOT public.names_resident_id(((((COALESCE(entity_id, ''::text) || ' '::text) || COALESCE((before)::text, ''::text)) || ' '::text) || COALESCE((after)::text, ''::text))))) NOT VALID;

ALTER TABLE ONLY public.audit_events
    ADD CONSTRAINT audit_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.authorisation_settings
    ADD CONSTRAINT authorisation_settings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.authorisations
    ADD CONSTRAINT authorisations_key UNIQUE (person_id, signed_on);

ALTER TABLE ONLY public.authorisations
    ADD CONSTRAINT authorisations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.calendar_feeds
    ADD CONSTRAINT calendar_feeds_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.campaign_events
    ADD CONSTRAINT campaign_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.campaign_stages
    ADD CONSTRAINT campaign_stages_pkey PRIMARY KEY (campaign_id, "position");

ALTER TABLE ONLY public.campaigns
    ADD CONSTRAINT campaigns_area_document_number_key UNIQUE (area, document_number);

ALTER TABLE ONLY public.campaigns
    ADD CONSTRAINT campaigns_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.case_complaints
    ADD CONSTRAINT case_complaints_key PRIMARY KEY (case_id, complaint_id);

ALTER TABLE ONLY public.case_document_voids
    ADD CONSTRAINT case_document_voids_key PRIMARY KEY (document_id);

ALTER TABLE ONLY public.case_documents
    ADD CONSTRAINT case_documents_draft_key UNIQUE (draft_id);

ALTER TABLE ONLY public.case_documents
    ADD CONSTRAINT case_documents_number_key UNIQUE (county, kind, year, number);

ALTER TABLE ONLY public.case_documents
    ADD CONSTRAINT case_documents_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.case_entries
    ADD CONSTRAINT case_entries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.case_events
    ADD CONSTRAINT case_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.case_findings
    ADD CONSTRAINT case_findings_pkey PRIMARY KEY (case_id, finding_id);

ALTER TABLE ONLY public.case_instalments
    ADD CONSTRAINT case_instalments_key PRIMARY KEY (case_id, plan, part);

ALTER TABLE ONLY public.case_proposals
    ADD CONSTRAINT case_proposals_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.case_settings
    ADD CONSTRAINT case_settings_key PRIMARY KEY (area, sequence);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_number_key UNIQUE (number);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.check_records
    ADD CONSTRAINT check_records_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.checks
    ADD CONSTRAINT checks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clock_settings
    ADD CONSTRAINT clock_settings_key PRIMARY KEY (area, code, sequence);

ALTER TABLE ONLY public.complaint_events
    ADD CONSTRAINT complaint_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaint_households
    ADD CONSTRAINT complaint_households_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaint_identities
    ADD CONSTRAINT complaint_identities_pkey PRIMARY KEY (complaint_id);

ALTER TABLE ONLY public.complaint_messages
    ADD CONSTRAINT complaint_messages_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaint_messages
    ADD CONSTRAINT complaint_messages_submission_hash_key UNIQUE (submission_hash);

ALTER TABLE ONLY public.complaints
    ADD CONSTRAINT complaints_follow_up_hash_key UNIQUE (follow_up_hash);

ALTER TABLE ONLY public.complaints
    ADD CONSTRAINT complaints_number_key UNIQUE (number);

ALTER TABLE ONLY public.complaints
    ADD CONSTRAINT complaints_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaints
    ADD CONSTRAINT complaints_submission_hash_key UNIQUE (submission_hash);

ALTER TABLE ONLY public.contests
    ADD CONSTRAINT contests_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.counter_checks
    ADD CONSTRAINT counter_checks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.counter_checks
    ADD CONSTRAINT counter_checks_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.delivery_answers
    ADD CONSTRAINT delivery_answers_pkey PRIMARY KEY (delivery_id, household_id);

ALTER TABLE ONLY public.delivery_changes
    ADD CONSTRAINT delivery_changes_pkey PRIMARY KEY (delivery_id, "position");

ALTER TABLE ONLY public.delivery_matches
    ADD CONSTRAINT delivery_matches_key UNIQUE (delivery_id, line, person_id);

ALTER TABLE ONLY public.delivery_matches
    ADD CONSTRAINT delivery_matches_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.delivery_problems
    ADD CONSTRAINT delivery_problems_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.delivery_withdrawals
    ADD CONSTRAINT delivery_withdrawals_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.document_drafts
    ADD CONSTRAINT document_drafts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.document_drafts
    ADD CONSTRAINT document_drafts_submission_key UNIQUE (submission);

ALTER TABLE ONLY public.document_numbers
    ADD CONSTRAINT document_numbers_key PRIMARY KEY (area, kind, year);

ALTER TABLE ONLY public.document_offices
    ADD CONSTRAINT document_offices_key PRIMARY KEY (area, sequence);

ALTER TABLE ONLY public.document_service_files
    ADD CONSTRAINT document_service_files_key PRIMARY KEY (service_id, file_id);

ALTER TABLE ONLY public.document_services
    ADD CONSTRAINT document_services_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.document_services
    ADD CONSTRAINT document_services_replaces_key UNIQUE (replaces);

ALTER TABLE ONLY public.document_services
    ADD CONSTRAINT document_services_submission_key UNIQUE (submission);

ALTER TABLE ONLY public.document_templates
    ADD CONSTRAINT document_templates_key PRIMARY KEY (area, kind, sequence);

ALTER TABLE ONLY public.estates
    ADD CONSTRAINT estates_area_name_key UNIQUE (area, name);

ALTER TABLE ONLY public.estates
    ADD CONSTRAINT estates_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.exchange_schedules
    ADD CONSTRAINT exchange_schedules_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.exit_grounds
    ADD CONSTRAINT exit_grounds_key PRIMARY KEY (area, nature, sequence);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_position_key UNIQUE (complaint_id, "position");

ALTER TABLE ONLY public.finding_events
    ADD CONSTRAINT finding_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_subject_key UNIQUE (household_id, rule, subject);

ALTER TABLE ONLY public.holiday_years
    ADD CONSTRAINT holiday_years_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.home_watches
    ADD CONSTRAINT home_watches_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.homes
    ADD CONSTRAINT homes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.homes
    ADD CONSTRAINT homes_place_key UNIQUE (estate_id, building, unit, room);

ALTER TABLE ONLY public.households
    ADD CONSTRAINT households_number_key UNIQUE (number);

ALTER TABLE ONLY public.households
    ADD CONSTRAINT households_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.import_causes
    ADD CONSTRAINT import_causes_pkey PRIMARY KEY (import_id, severity, code);

ALTER TABLE ONLY public.import_changes
    ADD CONSTRAINT import_changes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.import_chunks
    ADD CONSTRAINT import_chunks_pkey PRIMARY KEY (import_id, "position");

ALTER TABLE ONLY public.import_problems
    ADD CONSTRAINT import_problems_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.job_schedules
    ADD CONSTRAINT job_schedules_pkey PRIMARY KEY (kind, area);

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.leases
    ADD CONSTRAINT leases_contract_number_key UNIQUE (contract_number);

ALTER TABLE ONLY public.leases
    ADD CONSTRAINT leases_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.match_decisions
    ADD CONSTRAINT match_decisions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.milestones
    ADD CONSTRAINT milestones_id_key UNIQUE (id);

ALTER TABLE ONLY public.milestones
    ADD CONSTRAINT milestones_pkey PRIMARY KEY (campaign_id, "position");

ALTER TABLE ONLY public.name_backlog
    ADD CONSTRAINT name_backlog_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.patrols
    ADD CONSTRAINT patrols_key UNIQUE (recorded_by, key);

ALTER TABLE ONLY public.patrols
    ADD CONSTRAINT patrols_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.persons
    ADD CONSTRAINT persons_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.register_changes
    ADD CONSTRAINT register_changes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.releases
    ADD CONSTRAINT releases_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.repair_events
    ADD CONSTRAINT repair_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.repair_notes
    ADD CONSTRAINT repair_notes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.repeated_answers
    ADD CONSTRAINT repeated_answers_pkey PRIMARY KEY (delivery_id, household_id);

ALTER TABLE ONLY public.report_settlings
    ADD CONSTRAINT report_settlings_hour_key UNIQUE (hour);

ALTER TABLE ONLY public.report_settlings
    ADD CONSTRAINT report_settlings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reveals
    ADD CONSTRAINT reveals_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.review_dues
    ADD CONSTRAINT review_dues_pkey PRIMARY KEY (round_id, bureau);

ALTER TABLE ONLY public.review_households
    ADD CONSTRAINT review_households_pkey PRIMARY KEY (round_id, household_id);

ALTER TABLE ONLY public.review_progress
    ADD CONSTRAINT review_progress_pkey PRIMARY KEY (round_id, area, estate_id, check_type);

ALTER TABLE ONLY public.review_rounds
    ADD CONSTRAINT review_rounds_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.roster_entries
    ADD CONSTRAINT roster_entries_lease_key UNIQUE (lease_id, roster_id);

ALTER TABLE ONLY public.roster_entries
    ADD CONSTRAINT roster_entries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rule_runs
    ADD CONSTRAINT rule_runs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.setup_links
    ADD CONSTRAINT setup_links_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.sign_in_failures
    ADD CONSTRAINT sign_in_failures_pkey PRIMARY KEY (subject);

ALTER TABLE ONLY public.site_settings
    ADD CONSTRAINT site_settings_pkey PRIMARY KEY (area);

ALTER TABLE ONLY public.thresholds
    ADD CONSTRAINT thresholds_key UNIQUE (area, year, kind, sequence);

ALTER TABLE ONLY public.thresholds
    ADD CONSTRAINT thresholds_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.vacancy_reasons
    ADD CONSTRAINT vacancy_reasons_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.visit_days
    ADD CONSTRAINT visit_days_pkey PRIMARY KEY (roster_id, area, team_id, day, slot);

ALTER TABLE ONLY public.visit_events
    ADD CONSTRAINT visit_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.visit_marks
    ADD CONSTRAINT visit_marks_pkey PRIMARY KEY (visit_id, mark);

ALTER TABLE ONLY public.visit_phone_keys
    ADD CONSTRAINT visit_phone_keys_pkey PRIMARY KEY (account_id, device);

ALTER TABLE ONLY public.visit_progress
    ADD CONSTRAINT visit_progress_pkey PRIMARY KEY (roster_id, area, estate_id, team_id);

ALTER TABLE ONLY public.visit_rosters
    ADD CONSTRAINT visit_rosters_campaign_id_key UNIQUE (campaign_id);

ALTER TABLE ONLY public.visit_rosters
    ADD CONSTRAINT visit_rosters_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.visit_teams
    ADD CONSTRAINT visit_teams_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.visits
    ADD CONSTRAINT visits_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.withdrawn_checks
    ADD CONSTRAINT withdrawn_checks_pkey PRIMARY KEY (id);

CREATE INDEX api_requests_at_idx ON public.api_requests USING btree (token_id, at);

CREATE INDEX api_tokens_area_idx ON public.api_tokens USING btree (area, id);

CREATE INDEX audit_events_account_id_idx ON public.audit_events USING btree (account_id, id);

CREATE INDEX audit_events_at_idx ON public.audit_events USING btree (at);

CREATE INDEX audit_events_counter_idx ON public.audit_events USING btree (at) WHERE (action = ANY (ARRAY['counter.ask'::text, 'counter.file'::text]));

CREATE INDEX audit_events_entity_idx ON public.audit_events USING btree (entity, entity_id);

CREATE INDEX authorisation_settings_area_idx ON public.authorisation_settings USING btree (area, id);

CREATE INDEX authorisations_household_idx ON public.authorisations USING btree (household_id);

CREATE UNIQUE INDEX calendar_feeds_account_key ON public.calendar_feeds USING btree (account_id) WHERE (revoked_at IS NULL);

CREATE INDEX campaign_events_campaign_id_idx ON public.campaign_events USING btree (campaign_id, id);

CREATE UNIQUE INDEX campaigns_one_runs ON public.campaigns USING btree (area) WHERE (ended_on IS NULL);

CREATE INDEX case_complaints_complaint_idx ON public.case_complaints USING btree (complaint_id);

CREATE INDEX case_documents_area_idx ON public.case_documents USING btree (area, id);

CREATE INDEX case_documents_case_idx ON public.case_documents USING btree (case_id, id);

CREATE INDEX case_entries_case_idx ON public.case_entries USING btree (case_id, on_day, id);

CREATE INDEX case_events_case_id_idx ON public.case_events USING btree (case_id, id);

CREATE UNIQUE INDEX case_findings_finding_key ON public.case_findings USING btree (finding_id) WHERE (released_at IS NULL);

CREATE INDEX case_proposals_area_idx ON public.case_proposals USING btree (area, id) WHERE (outcome IS NULL);

CREATE INDEX case_proposals_case_idx ON public.case_proposals USING btree (case_id, id);

CREATE UNIQUE INDEX case_proposals_open_key ON public.case_proposals USING btree (case_id) WHERE (outcome IS NULL);

CREATE INDEX cases_annex_idx ON public.cases USING btree (estate_id, nature, state) INCLUDE (campaign_id, area, planned_on);

CREATE INDEX cases_area_idx ON public.cases USING btree (area, id);

CREATE INDEX cases_assigned_to_idx ON public.cases USING btree (assigned_to, id) WHERE (assigned_to IS NOT NULL);

CREATE INDEX cases_household_id_idx ON public.cases USING btree (household_id);

CREATE INDEX cases_next_due_idx ON public.cases USING btree (next_due_on, id) WHERE (next_due_on IS NOT NULL);

CREATE INDEX cases_owed_idx ON public.cases USING btree (owed_on, id);

CREATE INDEX cases_state_idx ON public.cases USING btree (state, id);

CREATE INDEX cases_state_owed_idx ON public.cases USING btree (state, owed_on, id);

CREATE INDEX cases_vacated_idx ON public.cases USING btree (vacated_on, id) WHERE (vacated_on IS NOT NULL);

CREATE INDEX check_records_delivery_idx ON public.check_records USING btree (delivery_id, household_id, digest);

CREATE UNIQUE INDEX checks_answer_key ON public.checks USING btree (round_id, household_id, check_type, sequence);

CREATE INDEX checks_delivery_id_idx ON public.checks USING brin (delivery_id) WITH (pages_per_range='32', autosummarize='on');

CREATE INDEX checks_household_id_idx ON public.checks USING btree (household_id, check_type, as_of DESC, id DESC);

CREATE INDEX complaint_events_complaint_id_idx ON public.complaint_events USING btree (complaint_id, id);

CREATE INDEX complaint_households_household_idx ON public.complaint_households USING btree (household_id);

CREATE UNIQUE INDEX complaint_households_key ON public.complaint_households USING btree (complaint_id, household_id) WHERE (removed_at IS NULL);

CREATE INDEX complaint_messages_complaint_id_idx ON public.complaint_messages USING btree (complaint_id, id);

CREATE INDEX complaints_area_idx ON public.complaints USING btree (area, received_at DESC, id DESC);

CREATE INDEX contests_area_idx ON public.contests USING btree (area, id);

CREATE INDEX contests_household_idx ON public.contests USING btree (household_id);

CREATE UNIQUE INDEX contests_open_key ON public.contests USING btree (household_id, check_type) WHERE (outcome IS NULL);

CREATE INDEX counter_checks_account_idx ON public.counter_checks USING btree (account_id, id);

CREATE INDEX counter_checks_area_idx ON public.counter_checks USING btree (area, id);

CREATE INDEX counter_checks_hits_idx ON public.counter_checks USING btree (area, id) WHERE (result = 'protected'::text);

CREATE INDEX counter_checks_household_idx ON public.counter_checks USING btree (household_id) WHERE (household_id IS NOT NULL);

CREATE UNIQUE INDEX counter_checks_request_key ON public.counter_checks USING btree (token_id, request_key) WHERE (request_key IS NOT NULL);

CREATE INDEX counter_checks_waiting_idx ON public.counter_checks USING btree (area, id) WHERE ((result = 'protected'::text) AND (released_at IS NULL));

CREATE INDEX deliveries_area_idx ON public.deliveries USING btree (area, id);

CREATE INDEX deliveries_file_hash_idx ON public.deliveries USING btree (file_hash);

CREATE INDEX deliveries_kind_idx ON public.deliveries USING btree (check_type, area, id) WHERE (state = 'done'::text);

CREATE INDEX delivery_matches_followed_idx ON public.delivery_matches USING btree (delivery_id) WHERE (followed IS NOT NULL);

CREATE INDEX delivery_matches_open_idx ON public.delivery_matches USING btree (delivery_id, line, id) WHERE (state = 'open'::text);

CREATE INDEX delivery_problems_delivery_id_idx ON public.delivery_problems USING btree (delivery_id, id);

CREATE UNIQUE INDEX delivery_withdrawals_approved_key ON public.delivery_withdrawals USING btree (delivery_id) WHERE (outcome = 'approved'::text);

CREATE UNIQUE INDEX delivery_withdrawals_open_key ON public.delivery_withdrawals USING btree (delivery_id) WHERE (outcome IS NULL);

CREATE INDEX document_drafts_case_idx ON public.document_drafts USING btree (case_id, id);

CREATE INDEX document_service_files_file_idx ON public.document_service_files USING btree (file_id);

CREATE INDEX document_services_document_idx ON public.document_services USING btree (document_id, id);

CREATE INDEX estates_import_id_idx ON public.estates USING btree (import_id) WHERE (import_id IS NOT NULL);

CREATE UNIQUE INDEX exchange_schedules_running_key ON public.exchange_schedules USING btree (area, check_type) WHERE (ended_on IS NULL);

CREATE UNIQUE INDEX files_case_content_key ON public.files USING btree (case_id, original_sha256) WHERE ((removed_at IS NULL) AND (state <> 'unreadable'::text));

CREATE INDEX files_case_idx ON public.files USING btree (case_id, id);

CREATE UNIQUE INDEX files_patrol_content_key ON public.files USING btree (patrol_id, original_sha256) WHERE ((patrol_id IS NOT NULL) AND (removed_at IS NULL));

CREATE INDEX files_patrol_idx ON public.files USING btree (patrol_id, id) WHERE (patrol_id IS NOT NULL);

CREATE INDEX files_removed_idx ON public.files USING btree (removed_at) WHERE ((erased_at IS NULL) AND (removed_at IS NOT NULL));

CREATE UNIQUE INDEX files_visit_content_key ON public.files USING btree (visit_id, original_sha256) WHERE ((visit_id IS NOT NULL) AND (removed_at IS NULL));

CREATE INDEX files_visit_idx ON public.files USING btree (visit_id, id) WHERE (visit_id IS NOT NULL);

CREATE INDEX files_visit_sha256_idx ON public.files USING btree (original_sha256) WHERE (visit_id IS NOT NULL);

CREATE INDEX files_waiting_idx ON public.files USING btree (queue, "position", id) WHERE (state = 'waiting'::text);

CREATE INDEX finding_events_finding_id_idx ON public.finding_events USING btree (finding_id, id);

CREATE INDEX findings_area_idx ON public.findings USING btree (area, state, id);

CREATE INDEX findings_open_idx ON public.findings USING btree (area, household_id) WHERE (state = 'open'::text);

CREATE INDEX findings_rule_idx ON public.findings USING btree (rule, state, id);

CREATE INDEX findings_state_idx ON public.findings USING btree (state, id);

CREATE INDEX holiday_years_year_idx ON public.holiday_years USING btree (year, id);

CREATE INDEX home_watches_home_idx ON public.home_watches USING btree (home_id, id);

CREATE UNIQUE INDEX home_watches_home_key ON public.home_watches USING btree (home_id) WHERE (ended_at IS NULL);

CREATE INDEX home_watches_next_idx ON public.home_watches USING btree (area text_pattern_ops, next_on, id) WHERE (ended_at IS NULL);

CREATE INDEX homes_area_idx ON public.homes USING btree (area, id);

CREATE INDEX homes_estate_order_idx ON public.homes USING btree (estate_id, area, id);

CREATE INDEX homes_import_id_idx ON public.homes USING btree (import_id) WHERE (import_id IS NOT NULL);

CREATE INDEX homes_place_idx ON public.homes USING btree (estate_id, place);

CREATE INDEX homes_state_order_idx ON public.homes USING btree (state, area, id);

CREATE INDEX households_area_idx ON public.households USING btree (area, id);

CREATE INDEX households_estate_id_idx ON public.households USING btree (estate_id, area, id);

CREATE INDEX households_merged_idx ON public.households USING btree (area, id) WHERE (merged_into IS NOT NULL);

CREATE INDEX import_changes_import_id_idx ON public.import_changes USING btree (import_id, id);

CREATE INDEX import_problems_import_id_idx ON public.import_problems USING btree (import_id, id);

CREATE INDEX imports_area_idx ON public.imports USING btree (area, id);

CREATE INDEX imports_file_hash_idx ON public.imports USING btree (file_hash);

CREATE INDEX jobs_area_idx ON public.jobs USING btree (area, id);

CREATE INDEX jobs_at_work_idx ON public.jobs USING btree (id) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]));

CREATE UNIQUE INDEX jobs_due_key ON public.jobs USING btree (kind, area, due_at) WHERE (due_at IS NOT NULL);

CREATE UNIQUE INDEX jobs_subject_key ON public.jobs USING btree (subject, kind) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]));

CREATE INDEX leases_area_idx ON public.leases USING btree (area, id);

CREATE INDEX leases_contract_prefix_idx ON public.leases USING btree (contract_number COLLATE "C");

CREATE INDEX leases_ends_on_idx ON public.leases USING btree (ends_on) WHERE (state = 'running'::text);

CREATE INDEX leases_home_id_idx ON public.leases USING btree (home_id);

CREATE INDEX leases_household_id_idx ON public.leases USING btree (household_id);

CREATE INDEX leases_import_id_idx ON public.leases USING btree (import_id) WHERE (import_id IS NOT NULL);

CREATE UNIQUE INDEX leases_running_home_key ON public.leases USING btree (home_id) WHERE (state = 'running'::text);

CREATE UNIQUE INDEX leases_running_household_key ON public.leases USING btree (household_id) WHERE (state = 'running'::text);

CREATE UNIQUE INDEX match_decisions_key ON public.match_decisions USING btree (area, row_hash, person_id) WHERE (revoked_at IS NULL);

CREATE INDEX patrols_area_idx ON public.patrols USING btree (area text_pattern_ops, id);

CREATE INDEX patrols_home_idx ON public.patrols USING btree (home_id, id);

CREATE UNIQUE INDEX person_name_grams_key ON public.person_name_grams USING btree (gram, area, household_id, person_id);

CREATE UNIQUE INDEX persons_household_id_number_key ON public.persons USING btree (household_id, id_number_index);

CREATE INDEX persons_id_number_index_idx ON public.persons USING hash (id_number_index);

CREATE INDEX persons_phone_index_idx ON public.persons USING hash (phone_index);

CREATE INDEX register_changes_entity_idx ON public.register_changes USING btree (entity, entity_id, id);

CREATE INDEX register_changes_household_id_idx ON public.register_changes USING btree (household_id, id);

CREATE INDEX register_changes_import_id_idx ON public.register_changes USING btree (import_id) WHERE (import_id IS NOT NULL);

CREATE INDEX releases_area_idx ON public.releases USING btree (area, state, published_at DESC);

CREATE INDEX repair_events_repair_idx ON public.repair_events USING btree (repair_id, id);

CREATE INDEX repair_notes_area_idx ON public.repair_notes USING btree (area text_pattern_ops, state, id);

CREATE INDEX repair_notes_home_idx ON public.repair_notes USING btree (home_id, id);

CREATE INDEX repair_notes_visit_idx ON public.repair_notes USING btree (visit_id) WHERE (visit_id IS NOT NULL);

CREATE INDEX repeated_answers_repeats_idx ON public.repeated_answers USING btree (repeats, household_id, delivery_id);

CREATE INDEX reveals_account_idx ON public.reveals USING btree (account_id, at);

CREATE INDEX reveals_area_idx ON public.reveals USING btree (area, id);

CREATE INDEX review_households_household_id_idx ON public.review_households USING btree (household_id);

CREATE INDEX review_households_order_idx ON public.review_households USING btree (round_id, area, estate_id, household_id);

CREATE UNIQUE INDEX review_rounds_open_key ON public.review_rounds USING btree (area) WHERE (closed_on IS NULL);

CREATE INDEX roster_entries_area_idx ON public.roster_entries USING btree (area text_pattern_ops, roster_id, estate_id, route, id);

CREATE INDEX roster_entries_area_risk_idx ON public.roster_entries USING btree (area text_pattern_ops, roster_id, ((- risk)), estate_id, route, id) WHERE ((state = 'waiting'::text) AND (risk > 0));

CREATE INDEX roster_entries_home_idx ON public.roster_entries USING btree (home_id);

CREATE INDEX roster_entries_household_idx ON public.roster_entries USING btree (household_id);

CREATE INDEX roster_entries_next_idx ON public.roster_entries USING btree (area text_pattern_ops, next_on) WHERE ((state = 'waiting'::text) AND (next_on IS NOT NULL));

CREATE INDEX roster_entries_risk_idx ON public.roster_entries USING btree (roster_id, ((- risk)), estate_id, route, id) WHERE ((state = 'waiting'::text) AND (risk > 0));

CREATE INDEX roster_entries_route_idx ON public.roster_entries USING btree (roster_id, estate_id, route, id);

CREATE INDEX roster_entries_team_idx ON public.roster_entries USING btree (team_id, estate_id, route, id) WHERE (team_id IS NOT NULL);

CREATE INDEX rule_runs_area_idx ON public.rule_runs USING btree (area, id);

CREATE INDEX rule_runs_at_work_idx ON public.rule_runs USING btree (state) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]));

CREATE INDEX sessions_account_id_idx ON public.sessions USING btree (account_id);

CREATE INDEX sessions_last_seen_at_idx ON public.sessions USING btree (last_seen_at);

CREATE INDEX vacancy_reasons_household_idx ON public.vacancy_reasons USING btree (household_id);

CREATE INDEX visit_events_visit_idx ON public.visit_events USING btree (visit_id, id);

CREATE UNIQUE INDEX visit_teams_name_key ON public.visit_teams USING btree (roster_id, area, name) WHERE (disbanded_at IS NULL);

CREATE INDEX visits_entry_idx ON public.visits USING btree (entry_id, id);

CREATE INDEX visits_home_idx ON public.visits USING btree (home_id, id);

CREATE INDEX visits_household_id_idx ON public.visits USING btree (household_id, campaign_id);

CREATE UNIQUE INDEX visits_key ON public.visits USING btree (recorded_by, key) WHERE (key IS NOT NULL);

CREATE INDEX visits_recorded_by_idx ON public.visits USING btree (recorded_by, visited_at);

CREATE INDEX visits_review_idx ON public.visits USING btree (area text_pattern_ops, state, id);

CREATE INDEX visits_second_idx ON public.visits USING btree (second_id) WHERE ((confirmed_at IS NULL) AND (state <> 'void'::text));

CREATE INDEX withdrawn_checks_delivery_idx ON public.withdrawn_checks USING btree (delivery_id, household_id);

CREATE INDEX withdrawn_checks_household_idx ON public.withdrawn_checks USING btree (household_id);

CREATE TRIGGER areas_keep_households AFTER DELETE OR UPDATE OF code ON public.areas FOR EACH ROW EXECUTE FUNCTION public.keep_area_of_households();

CREATE TRIGGER areas_numbered AFTER INSERT ON public.areas FOR EACH ROW WHEN ((length((new.code)::text) = 6)) EXECUTE FUNCTION public.number_new_county();

CREATE TRIGGER audit_events_append_only BEFORE DELETE ON public.audit_events FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER audit_events_completed BEFORE INSERT ON public.audit_events FOR EACH ROW EXECUTE FUNCTION public.complete_audit_event();

CREATE TRIGGER audit_events_no_truncate BEFORE TRUNCATE ON public.audit_events FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER audit_events_unchanged BEFORE UPDATE ON public.audit_events FOR EACH ROW WHEN (((old.* IS DISTINCT FROM new.*) OR (old.origin <> 'citizen'::text))) EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER authorisation_settings_append_only BEFORE DELETE OR UPDATE ON public.authorisation_settings FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER authorisations_append_only BEFORE DELETE OR UPDATE ON public.authorisations FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER campaign_events_append_only BEFORE DELETE OR UPDATE ON public.campaign_events FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER case_document_voids_append_only BEFORE DELETE OR UPDATE ON public.case_document_voids FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER case_documents_append_only BEFORE DELETE OR UPDATE ON public.case_documents FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER case_documents_next_number BEFORE INSERT ON public.case_documents FOR EACH ROW EXECUTE FUNCTION public.hold_document_number();

CREATE TRIGGER case_entries_append_only BEFORE DELETE OR UPDATE ON public.case_entries FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER case_events_append_only BEFORE DELETE OR UPDATE ON public.case_events FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER case_instalments_append_only BEFORE DELETE OR UPDATE ON public.case_instalments FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER case_settings_append_only BEFORE DELETE OR UPDATE ON public.case_settings FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER cases_two_people BEFORE UPDATE OF state ON public.cases FOR EACH ROW WHEN (public.case_needs_two(old.state, new.state)) EXECUTE FUNCTION public.hold_case_steps();

CREATE TRIGGER checks_append_only BEFORE UPDATE ON public.checks FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER checks_progress AFTER INSERT ON public.checks REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.keep_review_progress();

CREATE TRIGGER checks_withdrawn AFTER DELETE ON public.checks REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION public.keep_withdrawn_answers();

CREATE TRIGGER clock_settings_append_only BEFORE DELETE OR UPDATE ON public.clock_settings FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER complaint_events_append_only BEFORE DELETE OR UPDATE ON public.complaint_events FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER complaint_messages_numbered BEFORE INSERT ON public.complaint_messages FOR EACH ROW EXECUTE FUNCTION public.number_apart();

CREATE TRIGGER deliveries_withdrawn BEFORE UPDATE OF state ON public.deliveries FOR EACH ROW WHEN (((old.state <> new.state) AND (('withdrawn'::text = old.state) OR ('withdrawn'::text = new.state)))) EXECUTE FUNCTION public.hold_withdrawals();

CREATE TRIGGER document_numbers_by_one BEFORE INSERT OR UPDATE ON public.document_numbers FOR EACH ROW EXECUTE FUNCTION public.hold_document_numbers();

CREATE CONSTRAINT TRIGGER document_numbers_used AFTER UPDATE ON public.document_numbers DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.hold_document_series();

CREATE TRIGGER document_offices_append_only BEFORE DELETE OR UPDATE ON public.document_offices FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER document_service_files_append_only BEFORE DELETE OR UPDATE ON public.document_service_files FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER document_services_append_only BEFORE DELETE OR UPDATE ON public.document_services FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER document_templates_append_only BEFORE DELETE OR UPDATE ON public.document_templates FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER estates_changed AFTER UPDATE OF area, name, address, ownership ON public.estates FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.record_register_change();

CREATE TRIGGER estates_created AFTER INSERT ON public.estates FOR EACH ROW WHEN (((new.import_id IS NULL) AND (CURRENT_USER = 'portal_staff'::name))) EXECUTE FUNCTION public.record_register_change();

CREATE TRIGGER estates_unused BEFORE DELETE ON public.estates FOR EACH ROW WHEN ((NULLIF(current_setting('portal.deletion'::text, true), ''::text) IS NOT NULL)) EXECUTE FUNCTION public.refuse_used_row();

CREATE TRIGGER exit_grounds_append_only BEFORE DELETE OR UPDATE ON public.exit_grounds FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE CONSTRAINT TRIGGER files_arrived AFTER INSERT ON public.files DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.state = 'waiting'::text)) EXECUTE FUNCTION public.file_arrived();

CREATE TRIGGER finding_events_append_only BEFORE DELETE OR UPDATE ON public.finding_events FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER findings_contested BEFORE UPDATE OF state ON public.findings FOR EACH ROW WHEN (((new.state = 'confirmed'::text) AND (old.state <> 'confirmed'::text))) EXECUTE FUNCTION public.hold_contested_findings();

CREATE TRIGGER holiday_years_append_only BEFORE DELETE OR UPDATE ON public.holiday_years FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER holiday_years_reckoned AFTER INSERT ON public.holiday_years FOR EACH ROW WHEN ((new.area IS NOT NULL)) EXECUTE FUNCTION public.reckon_case_clocks();

CREATE TRIGGER homes_changed AFTER UPDATE OF area, estate_id, building, unit, room, floor_area, state ON public.homes FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.record_register_change();

CREATE TRIGGER homes_created AFTER INSERT ON public.homes FOR EACH ROW WHEN (((new.import_id IS NULL) AND (CURRENT_USER = 'portal_staff'::name))) EXECUTE FUNCTION public.record_register_change();

CREATE TRIGGER homes_unused BEFORE DELETE ON public.homes FOR EACH ROW WHEN ((NULLIF(current_setting('portal.deletion'::text, true), ''::text) IS NOT NULL)) EXECUTE FUNCTION public.refuse_used_row();

CREATE TRIGGER households_changed AFTER UPDATE OF area, number, category, merged_into ON public.households FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.record_register_change();

CREATE TRIGGER households_created AFTER INSERT ON public.households FOR EACH ROW WHEN (((new.import_id IS NULL) AND (CURRENT_USER = 'portal_staff'::name))) EXECUTE FUNCTION public.record_register_change();

CREATE TRIGGER households_forgotten AFTER DELETE ON public.households REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.forget_deleted();

CREATE TRIGGER households_insert_area AFTER INSERT ON public.households REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.require_area();

CREATE TRIGGER households_keep_persons AFTER DELETE OR UPDATE OF id, area ON public.households FOR EACH ROW EXECUTE FUNCTION public.keep_persons_with_household();

CREATE TRIGGER households_unused BEFORE DELETE ON public.households FOR EACH ROW WHEN ((NULLIF(current_setting('portal.deletion'::text, true), ''::text) IS NOT NULL)) EXECUTE FUNCTION public.refuse_used_row();

CREATE TRIGGER households_update_area AFTER UPDATE ON public.households REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.require_area();

CREATE TRIGGER jobs_announced AFTER INSERT OR UPDATE OF state ON public.jobs FOR EACH ROW WHEN ((new.state = 'waiting'::text)) EXECUTE FUNCTION public.announce_job();

CREATE TRIGGER jobs_blurred BEFORE INSERT OR UPDATE ON public.jobs FOR EACH ROW WHEN ((new.kind = 'photo_cleaning'::text)) EXECUTE FUNCTION public.blur_photo_job();

CREATE TRIGGER leases_changed AFTER UPDATE OF home_id, household_id, contract_number, contract_version, starts_on, ends_on, monthly_rent, deposit, state, ended_on, ended_reason ON public.leases FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.record_register_change();

CREATE TRIGGER leases_created AFTER INSERT ON public.leases FOR EACH ROW WHEN (((new.import_id IS NULL) AND (CURRENT_USER = 'portal_staff'::name))) EXECUTE FUNCTION public.record_register_change();

CREATE TRIGGER leases_delete_estate AFTER DELETE ON public.leases REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.keep_household_estate();

CREATE TRIGGER leases_deleted AFTER DELETE ON public.leases FOR EACH ROW WHEN ((NULLIF(current_setting('portal.deletion'::text, true), ''::text) IS NOT NULL)) EXECUTE FUNCTION public.record_register_deletion();

CREATE TRIGGER leases_insert_estate AFTER INSERT ON public.leases REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.keep_household_estate();

CREATE TRIGGER leases_unused BEFORE DELETE ON public.leases FOR EACH ROW WHEN ((NULLIF(current_setting('portal.deletion'::text, true), ''::text) IS NOT NULL)) EXECUTE FUNCTION public.refuse_used_row();

CREATE TRIGGER leases_update_estate AFTER UPDATE ON public.leases REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.keep_household_estate();

CREATE TRIGGER patrols_append_only BEFORE DELETE OR UPDATE ON public.patrols FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER persons_changed AFTER UPDATE OF household_id, relation, name, id_number_index, phone_index, marital_status, registered_at, left_on, left_reason ON public.persons FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.record_register_change();

CREATE TRIGGER persons_created AFTER INSERT ON public.persons FOR EACH ROW WHEN (((new.import_id IS NULL) AND (CURRENT_USER = 'portal_staff'::name))) EXECUTE FUNCTION public.record_register_change();

CREATE TRIGGER persons_delete_grams AFTER DELETE ON public.persons FOR EACH ROW EXECUTE FUNCTION public.keep_name_grams();

CREATE TRIGGER persons_delete_people AFTER DELETE ON public.persons FOR EACH ROW WHEN ((old.import_id IS NULL)) EXECUTE FUNCTION public.keep_household_people();

CREATE TRIGGER persons_forgotten AFTER DELETE ON public.persons REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.forget_deleted();

CREATE TRIGGER persons_insert_grams AFTER INSERT ON public.persons FOR EACH ROW WHEN (((new.import_id IS NULL) AND (CURRENT_USER = 'portal_staff'::name))) EXECUTE FUNCTION public.keep_name_grams();

CREATE TRIGGER persons_insert_household AFTER INSERT ON public.persons FOR EACH ROW WHEN ((new.import_id IS NULL)) EXECUTE FUNCTION public.require_household();

CREATE TRIGGER persons_insert_people AFTER INSERT ON public.persons FOR EACH ROW WHEN ((new.import_id IS NULL)) EXECUTE FUNCTION public.keep_household_people();

CREATE TRIGGER persons_unused BEFORE DELETE ON public.persons FOR EACH ROW WHEN ((NULLIF(current_setting('portal.deletion'::text, true), ''::text) IS NOT NULL)) EXECUTE FUNCTION public.refuse_used_row();

CREATE TRIGGER persons_update_grams AFTER UPDATE OF name, area, household_id ON public.persons FOR EACH ROW WHEN ((((old.name IS DISTINCT FROM new.name) OR ((old.area)::text IS DISTINCT FROM (new.area)::text)) OR (old.household_id IS DISTINCT FROM new.household_id))) EXECUTE FUNCTION public.keep_name_grams();

CREATE TRIGGER persons_update_household AFTER UPDATE OF household_id, area ON public.persons FOR EACH ROW WHEN (((old.household_id IS DISTINCT FROM new.household_id) OR ((old.area)::text IS DISTINCT FROM (new.area)::text))) EXECUTE FUNCTION public.require_household();

CREATE TRIGGER persons_update_people AFTER UPDATE OF household_id, relation, name, left_on ON public.persons FOR EACH ROW WHEN (((((old.household_id IS DISTINCT FROM new.household_id) OR (old.relation IS DISTINCT FROM new.relation)) OR (old.name IS DISTINCT FROM new.name)) OR (old.left_on IS DISTINCT FROM new.left_on))) EXECUTE FUNCTION public.keep_household_people();

CREATE TRIGGER register_changes_append_only BEFORE DELETE OR UPDATE ON public.register_changes FOR EACH ROW WHEN ((CURRENT_USER <> 'portal_keeper'::name)) EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER repair_events_append_only BEFORE DELETE OR UPDATE ON public.repair_events FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER reveals_append_only BEFORE DELETE OR UPDATE ON public.reveals FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER roster_entries_added AFTER INSERT ON public.roster_entries REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_visit_progress();

CREATE TRIGGER roster_entries_moved AFTER UPDATE ON public.roster_entries REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_visit_progress();

CREATE TRIGGER thresholds_append_only BEFORE DELETE OR UPDATE ON public.thresholds FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER visit_events_append_only BEFORE DELETE OR UPDATE ON public.visit_events FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER visits_counted AFTER INSERT ON public.visits REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_visit_days();

CREATE TRIGGER visits_uncounted AFTER UPDATE OF state ON public.visits FOR EACH ROW WHEN (((new.state = 'void'::text) AND (old.state <> 'void'::text))) EXECUTE FUNCTION public.uncount_visit();

CREATE TRIGGER withdrawn_checks_append_only BEFORE DELETE OR UPDATE ON public.withdrawn_checks FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

ALTER TABLE ONLY public.account_passwords
    ADD CONSTRAINT account_passwords_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.api_requests
    ADD CONSTRAINT api_requests_token_id_fkey FOREIGN KEY (token_id) REFERENCES public.api_tokens(id);

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.audit_events
    ADD CONSTRAINT audit_events_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.authorisation_settings
    ADD CONSTRAINT authorisation_settings_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.authorisation_settings
    ADD CONSTRAINT authorisation_settings_set_by_fkey FOREIGN KEY (set_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.authorisations
    ADD CONSTRAINT authorisations_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.authorisations
    ADD CONSTRAINT authorisations_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(id);

ALTER TABLE ONLY public.authorisations
    ADD CONSTRAINT authorisations_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.calendar_feeds
    ADD CONSTRAINT calendar_feeds_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.campaign_events
    ADD CONSTRAINT campaign_events_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.campaign_events
    ADD CONSTRAINT campaign_events_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id);

ALTER TABLE ONLY public.campaign_stages
    ADD CONSTRAINT campaign_stages_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.campaign_stages
    ADD CONSTRAINT campaign_stages_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id);

ALTER TABLE ONLY public.campaigns
    ADD CONSTRAINT campaigns_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.case_complaints
    ADD CONSTRAINT case_complaints_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.case_complaints
    ADD CONSTRAINT case_complaints_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(id);

ALTER TABLE ONLY public.case_complaints
    ADD CONSTRAINT case_complaints_complaint_id_fkey FOREIGN KEY (complaint_id) REFERENCES public.complaints(id);

ALTER TABLE ONLY public.case_complaints
    ADD CONSTRAINT case_complaints_linked_by_fkey FOREIGN KEY (linked_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.case_document_voids
    ADD CONSTRAINT case_document_voids_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.case_document_voids
    ADD CONSTRAINT case_document_voids_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.case_documents(id);

ALTER TABLE ONLY public.case_document_voids
    ADD CONSTRAINT case_document_voids_voided_by_fkey FOREIGN KEY (voided_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.case_documents
    ADD CONSTRAINT case_documents_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.case_documents
    ADD CONSTRAINT case_documents_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(id);

ALTER TABLE ONLY public.case_documents
    ADD CONSTRAINT case_documents_county_fkey FOREIGN KEY (county) REFERENCES public.areas(code);

ALTER TABLE ONLY public.case_documents
    ADD CONSTRAINT case_documents_issued_by_fkey FOREIGN KEY (issued_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.case_entries
    ADD CONSTRAINT case_entries_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.case_entries
    ADD CONSTRAINT case_entries_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(id);

ALTER TABLE ONLY public.case_entries
    ADD CONSTRAINT case_entries_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.case_events
    ADD CONSTRAINT case_events_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.case_events
    ADD CONSTRAINT case_events_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.case_events
    ADD CONSTRAINT case_events_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(id);

ALTER TABLE ONLY public.case_findings
    ADD CONSTRAINT case_findings_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(id);

ALTER TABLE ONLY public.case_findings
    ADD CONSTRAINT case_findings_finding_id_fkey FOREIGN KEY (finding_id) REFERENCES public.findings(id);

ALTER TABLE ONLY public.case_instalments
    ADD CONSTRAINT case_instalments_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.case_instalments
    ADD CONSTRAINT case_instalments_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(id);

ALTER TABLE ONLY public.case_instalments
    ADD CONSTRAINT case_instalments_set_by_fkey FOREIGN KEY (set_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.case_proposals
    ADD CONSTRAINT case_proposals_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.case_proposals
    ADD CONSTRAINT case_proposals_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(id);

ALTER TABLE ONLY public.case_proposals
    ADD CONSTRAINT case_proposals_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.case_proposals
    ADD CONSTRAINT case_proposals_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.case_proposals
    ADD CONSTRAINT case_proposals_reviewed_by_fkey FOREIGN KEY (reviewed_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.case_settings
    ADD CONSTRAINT case_settings_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.case_settings
    ADD CONSTRAINT case_settings_set_by_fkey FOREIGN KEY (set_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_assigned_to_fkey FOREIGN KEY (assigned_to) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_estate_id_fkey FOREIGN KEY (estate_id) REFERENCES public.estates(id);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_home_id_fkey FOREIGN KEY (home_id) REFERENCES public.homes(id);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_household_id_fkey FOREIGN KEY (household_id) REFERENCES public.households(id);

ALTER TABLE ONLY public.check_records
    ADD CONSTRAINT check_records_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES public.deliveries(id);

ALTER TABLE ONLY public.clock_settings
    ADD CONSTRAINT clock_settings_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.clock_settings
    ADD CONSTRAINT clock_settings_set_by_fkey FOREIGN KEY (set_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.complaint_events
    ADD CONSTRAINT complaint_events_complaint_id_fkey FOREIGN KEY (complaint_id) REFERENCES public.complaints(id);

ALTER TABLE ONLY public.complaint_households
    ADD CONSTRAINT complaint_households_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.complaint_households
    ADD CONSTRAINT complaint_households_complaint_id_fkey FOREIGN KEY (complaint_id) REFERENCES public.complaints(id);

ALTER TABLE ONLY public.complaint_households
    ADD CONSTRAINT complaint_households_household_id_fkey FOREIGN KEY (household_id) REFERENCES public.households(id);

ALTER TABLE ONLY public.complaint_households
    ADD CONSTRAINT complaint_households_linked_by_fkey FOREIGN KEY (linked_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.complaint_households
    ADD CONSTRAINT complaint_households_removed_by_fkey FOREIGN KEY (removed_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.complaint_identities
    ADD CONSTRAINT complaint_identities_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.complaint_identities
    ADD CONSTRAINT complaint_identities_complaint_id_fkey FOREIGN KEY (complaint_id) REFERENCES public.complaints(id);

ALTER TABLE ONLY public.complaint_messages
    ADD CONSTRAINT complaint_messages_complaint_id_fkey FOREIGN KEY (complaint_id) REFERENCES public.complaints(id);

ALTER TABLE ONLY public.complaints
    ADD CONSTRAINT complaints_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.complaints
    ADD CONSTRAINT complaints_assigned_to_fkey FOREIGN KEY (assigned_to) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.complaints
    ADD CONSTRAINT complaints_estate_id_fkey FOREIGN KEY (estate_id) REFERENCES public.estates(id);

ALTER TABLE ONLY public.contests
    ADD CONSTRAINT contests_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.contests
    ADD CONSTRAINT contests_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.contests
    ADD CONSTRAINT contests_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES public.deliveries(id);

ALTER TABLE ONLY public.contests
    ADD CONSTRAINT contests_household_id_fkey FOREIGN KEY (household_id) REFERENCES public.households(id);

ALTER TABLE ONLY public.contests
    ADD CONSTRAINT contests_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(id);

ALTER TABLE ONLY public.contests
    ADD CONSTRAINT contests_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.counter_checks
    ADD CONSTRAINT counter_checks_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.counter_checks
    ADD CONSTRAINT counter_checks_finding_id_fkey FOREIGN KEY (finding_id) REFERENCES public.findings(id);

ALTER TABLE ONLY public.counter_checks
    ADD CONSTRAINT counter_checks_released_by_fkey FOREIGN KEY (released_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_previous_id_fkey FOREIGN KEY (previous_id) REFERENCES public.deliveries(id);

ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_round_id_fkey FOREIGN KEY (round_id) REFERENCES public.review_rounds(id);

ALTER TABLE ONLY public.delivery_answers
    ADD CONSTRAINT delivery_answers_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES public.deliveries(id);

ALTER TABLE ONLY public.delivery_changes
    ADD CONSTRAINT delivery_changes_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES public.deliveries(id);

ALTER TABLE ONLY public.delivery_matches
    ADD CONSTRAINT delivery_matches_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES public.deliveries(id);

ALTER TABLE ONLY public.delivery_matches
    ADD CONSTRAINT delivery_matches_followed_fkey FOREIGN KEY (followed) REFERENCES public.match_decisions(id);

ALTER TABLE ONLY public.delivery_problems
    ADD CONSTRAINT delivery_problems_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES public.deliveries(id);

ALTER TABLE ONLY public.delivery_withdrawals
    ADD CONSTRAINT delivery_withdrawals_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.delivery_withdrawals
    ADD CONSTRAINT delivery_withdrawals_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.delivery_withdrawals
    ADD CONSTRAINT delivery_withdrawals_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES public.deliveries(id);

ALTER TABLE ONLY public.delivery_withdrawals
    ADD CONSTRAINT delivery_withdrawals_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.document_drafts
    ADD CONSTRAINT document_drafts_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.document_drafts
    ADD CONSTRAINT document_drafts_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(id);

ALTER TABLE ONLY public.document_drafts
    ADD CONSTRAINT document_drafts_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.document_numbers
    ADD CONSTRAINT document_numbers_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.document_offices
    ADD CONSTRAINT document_offices_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.document_offices
    ADD CONSTRAINT document_offices_set_by_fkey FOREIGN KEY (set_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.document_service_files
    ADD CONSTRAINT document_service_files_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.document_service_files
    ADD CONSTRAINT document_service_files_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.files(id);

ALTER TABLE ONLY public.document_service_files
    ADD CONSTRAINT document_service_files_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.document_services(id);

ALTER TABLE ONLY public.document_services
    ADD CONSTRAINT document_services_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.document_services
    ADD CONSTRAINT document_services_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.case_documents(id);

ALTER TABLE ONLY public.document_services
    ADD CONSTRAINT document_services_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.document_services
    ADD CONSTRAINT document_services_replaces_fkey FOREIGN KEY (replaces) REFERENCES public.document_services(id);

ALTER TABLE ONLY public.document_templates
    ADD CONSTRAINT document_templates_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.document_templates
    ADD CONSTRAINT document_templates_set_by_fkey FOREIGN KEY (set_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.estates
    ADD CONSTRAINT estates_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.exchange_schedules
    ADD CONSTRAINT exchange_schedules_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.exit_grounds
    ADD CONSTRAINT exit_grounds_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.exit_grounds
    ADD CONSTRAINT exit_grounds_set_by_fkey FOREIGN KEY (set_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(id);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_complaint_id_fkey FOREIGN KEY (complaint_id) REFERENCES public.complaints(id);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_patrol_id_fkey FOREIGN KEY (patrol_id) REFERENCES public.patrols(id);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_removed_by_fkey FOREIGN KEY (removed_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES public.visits(id);

ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_household_id_fkey FOREIGN KEY (household_id) REFERENCES public.households(id);

ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.rule_runs(id);

ALTER TABLE ONLY public.holiday_years
    ADD CONSTRAINT holiday_years_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.home_watches
    ADD CONSTRAINT home_watches_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.home_watches
    ADD CONSTRAINT home_watches_home_id_fkey FOREIGN KEY (home_id) REFERENCES public.homes(id);

ALTER TABLE ONLY public.home_watches
    ADD CONSTRAINT home_watches_started_by_fkey FOREIGN KEY (started_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.homes
    ADD CONSTRAINT homes_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.homes
    ADD CONSTRAINT homes_estate_id_fkey FOREIGN KEY (estate_id) REFERENCES public.estates(id);

ALTER TABLE ONLY public.households
    ADD CONSTRAINT households_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES public.households(id);

ALTER TABLE ONLY public.import_causes
    ADD CONSTRAINT import_causes_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.imports(id);

ALTER TABLE ONLY public.import_changes
    ADD CONSTRAINT import_changes_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.imports(id);

ALTER TABLE ONLY public.import_chunks
    ADD CONSTRAINT import_chunks_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.imports(id);

ALTER TABLE ONLY public.import_problems
    ADD CONSTRAINT import_problems_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.imports(id);

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.job_schedules
    ADD CONSTRAINT job_schedules_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.job_schedules
    ADD CONSTRAINT job_schedules_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.leases
    ADD CONSTRAINT leases_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.leases
    ADD CONSTRAINT leases_home_id_fkey FOREIGN KEY (home_id) REFERENCES public.homes(id);

ALTER TABLE ONLY public.leases
    ADD CONSTRAINT leases_household_id_fkey FOREIGN KEY (household_id) REFERENCES public.households(id);

ALTER TABLE ONLY public.match_decisions
    ADD CONSTRAINT match_decisions_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.match_decisions
    ADD CONSTRAINT match_decisions_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.match_decisions
    ADD CONSTRAINT match_decisions_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES public.deliveries(id);

ALTER TABLE ONLY public.milestones
    ADD CONSTRAINT milestones_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.milestones
    ADD CONSTRAINT milestones_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id);

ALTER TABLE ONLY public.patrols
    ADD CONSTRAINT patrols_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.patrols
    ADD CONSTRAINT patrols_home_id_fkey FOREIGN KEY (home_id) REFERENCES public.homes(id);

ALTER TABLE ONLY public.patrols
    ADD CONSTRAINT patrols_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.register_changes
    ADD CONSTRAINT register_changes_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.releases
    ADD CONSTRAINT releases_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.releases
    ADD CONSTRAINT releases_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id);

ALTER TABLE ONLY public.releases
    ADD CONSTRAINT releases_prepared_by_fkey FOREIGN KEY (prepared_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.releases
    ADD CONSTRAINT releases_published_by_fkey FOREIGN KEY (published_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.repair_events
    ADD CONSTRAINT repair_events_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.repair_events
    ADD CONSTRAINT repair_events_repair_id_fkey FOREIGN KEY (repair_id) REFERENCES public.repair_notes(id);

ALTER TABLE ONLY public.repair_notes
    ADD CONSTRAINT repair_notes_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.repair_notes
    ADD CONSTRAINT repair_notes_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.repair_notes
    ADD CONSTRAINT repair_notes_home_id_fkey FOREIGN KEY (home_id) REFERENCES public.homes(id);

ALTER TABLE ONLY public.repair_notes
    ADD CONSTRAINT repair_notes_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES public.visits(id);

ALTER TABLE ONLY public.repeated_answers
    ADD CONSTRAINT repeated_answers_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES public.deliveries(id);

ALTER TABLE ONLY public.reveals
    ADD CONSTRAINT reveals_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.reveals
    ADD CONSTRAINT reveals_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.review_dues
    ADD CONSTRAINT review_dues_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.review_dues
    ADD CONSTRAINT review_dues_round_id_fkey FOREIGN KEY (round_id) REFERENCES public.review_rounds(id);

ALTER TABLE ONLY public.review_households
    ADD CONSTRAINT review_households_household_id_fkey FOREIGN KEY (household_id) REFERENCES public.households(id);

ALTER TABLE ONLY public.review_progress
    ADD CONSTRAINT review_progress_round_id_fkey FOREIGN KEY (round_id) REFERENCES public.review_rounds(id);

ALTER TABLE ONLY public.review_rounds
    ADD CONSTRAINT review_rounds_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.review_rounds
    ADD CONSTRAINT review_rounds_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id);

ALTER TABLE ONLY public.review_rounds
    ADD CONSTRAINT review_rounds_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.review_rounds
    ADD CONSTRAINT review_rounds_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.roster_entries
    ADD CONSTRAINT roster_entries_lease_id_fkey FOREIGN KEY (lease_id) REFERENCES public.leases(id);

ALTER TABLE ONLY public.roster_entries
    ADD CONSTRAINT roster_entries_team_id_fkey FOREIGN KEY (team_id) REFERENCES public.visit_teams(id);

ALTER TABLE ONLY public.rule_runs
    ADD CONSTRAINT rule_runs_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.rule_runs
    ADD CONSTRAINT rule_runs_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.rule_runs
    ADD CONSTRAINT rule_runs_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES public.deliveries(id);

ALTER TABLE ONLY public.rule_runs
    ADD CONSTRAINT rule_runs_round_id_fkey FOREIGN KEY (round_id) REFERENCES public.review_rounds(id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.setup_links
    ADD CONSTRAINT setup_links_used_for_fkey FOREIGN KEY (used_for) REFERENCES public.areas(code);

ALTER TABLE ONLY public.site_settings
    ADD CONSTRAINT site_settings_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.thresholds
    ADD CONSTRAINT thresholds_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.thresholds
    ADD CONSTRAINT thresholds_set_by_fkey FOREIGN KEY (set_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.vacancy_reasons
    ADD CONSTRAINT vacancy_reasons_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.vacancy_reasons
    ADD CONSTRAINT vacancy_reasons_household_id_fkey FOREIGN KEY (household_id) REFERENCES public.households(id);

ALTER TABLE ONLY public.vacancy_reasons
    ADD CONSTRAINT vacancy_reasons_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.visit_days
    ADD CONSTRAINT visit_days_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.visit_days
    ADD CONSTRAINT visit_days_roster_id_fkey FOREIGN KEY (roster_id) REFERENCES public.visit_rosters(id);

ALTER TABLE ONLY public.visit_events
    ADD CONSTRAINT visit_events_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.visit_events
    ADD CONSTRAINT visit_events_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES public.visits(id);

ALTER TABLE ONLY public.visit_marks
    ADD CONSTRAINT visit_marks_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.visit_marks
    ADD CONSTRAINT visit_marks_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES public.visits(id);

ALTER TABLE ONLY public.visit_phone_keys
    ADD CONSTRAINT visit_phone_keys_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.visit_phone_keys
    ADD CONSTRAINT visit_phone_keys_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.visit_progress
    ADD CONSTRAINT visit_progress_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.visit_progress
    ADD CONSTRAINT visit_progress_roster_id_fkey FOREIGN KEY (roster_id) REFERENCES public.visit_rosters(id);

ALTER TABLE ONLY public.visit_rosters
    ADD CONSTRAINT visit_rosters_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.visit_rosters
    ADD CONSTRAINT visit_rosters_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id);

ALTER TABLE ONLY public.visit_rosters
    ADD CONSTRAINT visit_rosters_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.visit_teams
    ADD CONSTRAINT visit_teams_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.visit_teams
    ADD CONSTRAINT visit_teams_first_id_fkey FOREIGN KEY (first_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.visit_teams
    ADD CONSTRAINT visit_teams_roster_id_fkey FOREIGN KEY (roster_id) REFERENCES public.visit_rosters(id);

ALTER TABLE ONLY public.visit_teams
    ADD CONSTRAINT visit_teams_second_id_fkey FOREIGN KEY (second_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.visits
    ADD CONSTRAINT visits_area_fkey FOREIGN KEY (area) REFERENCES public.areas(code);

ALTER TABLE ONLY public.visits
    ADD CONSTRAINT visits_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaigns(id);

ALTER TABLE ONLY public.visits
    ADD CONSTRAINT visits_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES public.roster_entries(id);

ALTER TABLE ONLY public.visits
    ADD CONSTRAINT visits_home_id_fkey FOREIGN KEY (home_id) REFERENCES public.homes(id);

ALTER TABLE ONLY public.visits
    ADD CONSTRAINT visits_household_id_fkey FOREIGN KEY (household_id) REFERENCES public.households(id);

ALTER TABLE ONLY public.visits
    ADD CONSTRAINT visits_lease_id_fkey FOREIGN KEY (lease_id) REFERENCES public.leases(id);

ALTER TABLE ONLY public.visits
    ADD CONSTRAINT visits_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.visits
    ADD CONSTRAINT visits_replaces_id_fkey FOREIGN KEY (replaces_id) REFERENCES public.visits(id);

ALTER TABLE ONLY public.visits
    ADD CONSTRAINT visits_second_id_fkey FOREIGN KEY (second_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.visits
    ADD CONSTRAINT visits_team_id_fkey FOREIGN KEY (team_id) REFERENCES public.visit_teams(id);

ALTER TABLE ONLY public.withdrawn_checks
    ADD CONSTRAINT withdrawn_checks_contest_id_fkey FOREIGN KEY (contest_id) REFERENCES public.contests(id);

ALTER TABLE ONLY public.withdrawn_checks
    ADD CONSTRAINT withdrawn_checks_withdrawal_id_fkey FOREIGN KEY (withdrawal_id) REFERENCES public.delivery_withdrawals(id);

ALTER TABLE public.account_passwords ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.accounts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.api_requests ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.api_tokens ENABLE ROW LEVEL SECURITY;

CREATE POLICY arrives_in_area ON public.files AS RESTRICTIVE FOR INSERT TO portal_staff, portal_public WITH CHECK (((complaint_id IS NULL) OR ((area)::text = (( SELECT c.area
   FROM public.complaints c
  WHERE (c.id = files.complaint_id)))::text)));

CREATE POLICY arrives_in_own_name ON public.files AS RESTRICTIVE FOR INSERT TO portal_staff, portal_public WITH CHECK (((removed_at IS NULL) AND (erased_at IS NULL) AND ((uploaded_by IS NULL) OR (uploaded_by = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif")))));

CREATE POLICY arrives_waiting ON public.files AS RESTRICTIVE FOR INSERT TO portal_staff, portal_public WITH CHECK (((state = 'waiting'::text) AND (tries = 0)));

CREATE POLICY audit_admin_read ON public.audit_events FOR SELECT TO portal_staff USING (((( SELECT current_setting('portal.role'::text, true) AS current_setting) = 'audit_admin'::text) AND ((area)::text ^@ ( SELECT NULLIF(current_setting('portal.account_area'::text, true), ''::text) AS "nullif")) AND (origin <> 'citizen'::text) AND (NOT ((NOT (role IS DISTINCT FROM 'inspector'::text)) AND (entity = 'complaints'::text)))));

ALTER TABLE public.audit_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.authorisation_settings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.authorisations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.calendar_feeds ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.campaign_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.campaign_stages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.campaigns ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.case_complaints ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.case_document_voids ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.case_documents ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.case_entries ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.case_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.case_findings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.case_instalments ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.case_proposals ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.case_settings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cases ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.check_records ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.checks ENABLE ROW LEVEL SECURITY;

CREATE POLICY citizen_author ON public.complaint_messages AS RESTRICTIVE FOR INSERT TO portal_public WITH CHECK ((author = 'citizen'::text));

CREATE POLICY citizen_own ON public.complaints FOR SELECT TO portal_public USING ((follow_up_hash = ( SELECT decode(NULLIF(current_setting('portal.follow_up'::text, true), ''::text), 'hex'::text) AS decode)));

CREATE POLICY citizen_report ON public.complaints FOR INSERT TO portal_public WITH CHECK (((state = 'received'::text) AND (channel = 'web'::text) AND (assigned_to IS NULL)));

CREATE POLICY citizen_write ON public.audit_events FOR INSERT TO portal_public WITH CHECK ((origin = 'citizen'::text));

CREATE POLICY citizen_write ON public.complaint_identities FOR INSERT TO portal_public WITH CHECK ((complaint_id IN ( SELECT c.id
   FROM public.complaints c
  WHERE (c.id = complaint_identities.complaint_id))));

ALTER TABLE public.clock_settings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.complaint_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.complaint_households ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.complaint_identities ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.complaint_messages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.complaints ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contests ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.counter_checks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.deliveries ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.delivery_answers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.delivery_changes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.delivery_matches ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.delivery_problems ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.delivery_withdrawals ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.document_drafts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.document_numbers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.document_offices ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.document_service_files ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.document_services ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.document_templates ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.estates ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.exchange_schedules ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.exit_grounds ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.files ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.finding_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.findings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.home_watches ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.homes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.households ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.import_causes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.import_changes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.import_chunks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.import_problems ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.imports ENABLE ROW LEVEL SECURITY;

CREATE POLICY inspector_area ON public.api_requests FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.authorisation_settings FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.authorisations FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.campaign_events FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.campaign_stages FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.campaigns FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.case_complaints FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.case_document_voids FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.case_documents FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.case_entries FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.case_events FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.case_findings FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.case_instalments FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.case_proposals FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.case_settings FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.cases FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.check_records FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.checks FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.clock_settings FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.complaint_households FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.complaints FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.contests FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.counter_checks FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.deliveries FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.delivery_answers FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.delivery_changes FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.delivery_matches FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.delivery_problems FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.delivery_withdrawals FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.document_drafts FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.document_numbers FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.document_offices FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.document_service_files FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.document_services FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.document_templates FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.estates FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.exchange_schedules FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.exit_grounds FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.finding_events FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.findings FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.home_watches FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.homes FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.households FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.import_causes FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.import_changes FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.import_chunks FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.import_problems FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.imports FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.job_schedules FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.jobs FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.leases FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.match_decisions FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.milestones FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.name_backlog FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.patrols FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.person_name_grams FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.persons FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.register_changes FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.releases FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.repair_events FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.repair_notes FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.repeated_answers FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.reveals FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.review_dues FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.review_households FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.review_progress FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.review_rounds FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.roster_entries FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.rule_runs FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.thresholds FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.vacancy_reasons FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.visit_days FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.visit_events FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.visit_marks FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.visit_progress FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.visit_rosters FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.visit_teams FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.visits FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_area ON public.withdrawn_checks FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_read ON public.audit_events FOR SELECT TO portal_inspector USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY inspector_with_complaint ON public.complaint_events FOR SELECT TO portal_inspector USING ((complaint_id IN ( SELECT c.id
   FROM public.complaints c
  WHERE (c.id = complaint_events.complaint_id))));

CREATE POLICY inspector_with_complaint ON public.complaint_messages FOR SELECT TO portal_inspector USING ((complaint_id IN ( SELECT c.id
   FROM public.complaints c
  WHERE (c.id = complaint_messages.complaint_id))));

CREATE POLICY inspector_with_complaint ON public.files FOR SELECT TO portal_inspector USING ((complaint_id IN ( SELECT c.id
   FROM public.complaints c
  WHERE (c.id = files.complaint_id))));

CREATE POLICY inspector_write ON public.audit_events FOR INSERT TO portal_inspector WITH CHECK (((origin = 'staff'::text) AND (role = 'inspector'::text) AND (account_id = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif"))));

ALTER TABLE public.job_schedules ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.jobs ENABLE ROW LEVEL SECURITY;

CREATE POLICY keeper ON public.account_passwords TO portal_keeper USING (true);

CREATE POLICY keeper ON public.accounts TO portal_keeper USING (true);

CREATE POLICY keeper ON public.api_tokens FOR SELECT TO portal_keeper USING (true);

CREATE POLICY keeper ON public.audit_events TO portal_keeper USING (true);

CREATE POLICY keeper ON public.calendar_feeds TO portal_keeper USING (true) WITH CHECK (true);

CREATE POLICY keeper ON public.complaint_identities TO portal_keeper USING (true);

CREATE POLICY keeper ON public.complaint_messages FOR SELECT TO portal_keeper USING (true);

CREATE POLICY keeper ON public.complaints TO portal_keeper USING (true);

CREATE POLICY keeper ON public.files FOR SELECT TO portal_keeper USING (true);

CREATE POLICY keeper ON public.jobs FOR SELECT TO portal_keeper USING (true);

CREATE POLICY keeper ON public.register_changes TO portal_keeper USING (true);

CREATE POLICY keeper ON public.report_settlings TO portal_keeper USING (true);

CREATE POLICY keeper ON public.sessions TO portal_keeper USING (true);

CREATE POLICY keeper ON public.setup_links TO portal_keeper USING (true);

CREATE POLICY keeper_settles ON public.complaint_messages FOR UPDATE TO portal_keeper USING (true);

CREATE POLICY keeper_settles ON public.files FOR UPDATE TO portal_keeper USING (true);

ALTER TABLE public.leases ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.match_decisions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.milestones ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.name_backlog ENABLE ROW LEVEL SECURITY;

CREATE POLICY own_keys ON public.visit_phone_keys AS RESTRICTIVE TO portal_staff USING ((account_id = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif"))) WITH CHECK ((account_id = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif")));

CREATE POLICY owner_all ON public.account_passwords TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.accounts TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.api_requests TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.api_tokens TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.audit_events TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.authorisation_settings TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.authorisations TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.calendar_feeds TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.campaign_events TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.campaign_stages TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.campaigns TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.case_complaints TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.case_document_voids TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.case_documents TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.case_entries TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.case_events TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.case_findings TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.case_instalments TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.case_proposals TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.case_settings TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.cases TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.check_records TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.checks TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.clock_settings TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.complaint_events TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.complaint_households TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.complaint_identities TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.complaint_messages TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.complaints TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.contests TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.counter_checks TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.deliveries TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.delivery_answers TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.delivery_changes TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.delivery_matches TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.delivery_problems TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.delivery_withdrawals TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.document_drafts TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.document_numbers TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.document_offices TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.document_service_files TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.document_services TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.document_templates TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.estates TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.exchange_schedules TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.exit_grounds TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.files TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.finding_events TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.findings TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.home_watches TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.homes TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.households TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.import_causes TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.import_changes TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.import_chunks TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.import_problems TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.imports TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.job_schedules TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.jobs TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.leases TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.match_decisions TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.milestones TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.name_backlog TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.patrols TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.person_name_grams TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.persons TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.register_changes TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.releases TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.repair_events TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.repair_notes TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.repeated_answers TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.report_settlings TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.reveals TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.review_dues TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.review_households TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.review_progress TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.review_rounds TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.roster_entries TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.rule_runs TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.sessions TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.setup_links TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.thresholds TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.vacancy_reasons TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.visit_days TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.visit_events TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.visit_marks TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.visit_phone_keys TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.visit_progress TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.visit_rosters TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.visit_teams TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.visits TO portal_owner USING (true) WITH CHECK (true);

CREATE POLICY owner_all ON public.withdrawn_checks TO portal_owner USING (true) WITH CHECK (true);

ALTER TABLE public.patrols ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.person_name_grams ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.persons ENABLE ROW LEVEL SECURITY;

CREATE POLICY public_names ON public.estates FOR SELECT TO portal_public USING (true);

CREATE POLICY public_published ON public.releases FOR SELECT TO portal_public USING ((state = 'published'::text));

ALTER TABLE public.register_changes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.releases ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.repair_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.repair_notes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.repeated_answers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.report_settlings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reveals ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.review_dues ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.review_households ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.review_progress ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.review_rounds ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.roster_entries ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.rule_runs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.sessions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.setup_links ENABLE ROW LEVEL SECURITY;

CREATE POLICY staff_above ON public.authorisation_settings FOR SELECT TO portal_staff USING ((( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif") ^@ (area)::text));

CREATE POLICY staff_above ON public.campaign_events FOR SELECT TO portal_staff USING ((( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif") ^@ (area)::text));

CREATE POLICY staff_above ON public.campaign_stages FOR SELECT TO portal_staff USING ((( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif") ^@ (area)::text));

CREATE POLICY staff_above ON public.campaigns FOR SELECT TO portal_staff USING ((( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif") ^@ (area)::text));

CREATE POLICY staff_above ON public.case_settings FOR SELECT TO portal_staff USING ((( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif") ^@ (area)::text));

CREATE POLICY staff_above ON public.clock_settings FOR SELECT TO portal_staff USING ((( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif") ^@ (area)::text));

CREATE POLICY staff_above ON public.deliveries FOR SELECT TO portal_staff USING ((( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif") ^@ (area)::text));

CREATE POLICY staff_above ON public.delivery_withdrawals FOR SELECT TO portal_staff USING ((( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif") ^@ (area)::text));

CREATE POLICY staff_above ON public.document_offices FOR SELECT TO portal_staff USING ((( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif") ^@ (area)::text));

CREATE POLICY staff_above ON public.document_templates FOR SELECT TO portal_staff USING ((( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif") ^@ (area)::text));

CREATE POLICY staff_above ON public.exchange_schedules FOR SELECT TO portal_staff USING ((( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif") ^@ (area)::text));

CREATE POLICY staff_above ON public.exit_grounds FOR SELECT TO portal_staff USING ((( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif") ^@ (area)::text));

CREATE POLICY staff_above ON public.jobs FOR SELECT TO portal_staff USING (((kind ^@ 'delivery_'::text) AND (( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif") ^@ (area)::text)));

CREATE POLICY staff_above ON public.milestones FOR SELECT TO portal_staff USING ((( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif") ^@ (area)::text));

CREATE POLICY staff_above ON public.review_dues FOR SELECT TO portal_staff USING ((( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif") ^@ (area)::text));

CREATE POLICY staff_above ON public.review_rounds FOR SELECT TO portal_staff USING ((( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif") ^@ (area)::text));

CREATE POLICY staff_above ON public.thresholds FOR SELECT TO portal_staff USING ((( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif") ^@ (area)::text));

CREATE POLICY staff_above ON public.visit_rosters FOR SELECT TO portal_staff USING ((( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif") ^@ (area)::text));

CREATE POLICY staff_above ON public.visit_teams FOR SELECT TO portal_staff USING ((( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif") ^@ (area)::text));

CREATE POLICY staff_admin ON public.api_tokens TO portal_staff USING (((current_setting('portal.role'::text, true) = 'system_admin'::text) AND ((area)::text ^@ NULLIF(current_setting('portal.account_area'::text, true), ''::text))));

CREATE POLICY staff_admin ON public.sessions TO portal_staff USING (((current_setting('portal.role'::text, true) = ANY (ARRAY['system_admin'::text, 'security_admin'::text])) AND (EXISTS ( SELECT
   FROM public.accounts a
  WHERE ((a.id = sessions.account_id) AND ((a.area)::text ^@ NULLIF(current_setting('portal.account_area'::text, true), ''::text)))))));

CREATE POLICY staff_api_token ON public.accounts FOR SELECT TO portal_staff USING ((id = ( SELECT t.account_id
   FROM public.api_tokens t
  WHERE (t.token_hash = decode(NULLIF(current_setting('portal.api_token'::text, true), ''::text), 'hex'::text)))));

CREATE POLICY staff_area ON public.accounts FOR SELECT TO portal_staff USING ((((area)::text ^@ NULLIF(current_setting('portal.account_area'::text, true), ''::text)) OR (id = (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint) OR (account = NULLIF(current_setting('portal.signing_in'::text, true), ''::text))));

CREATE POLICY staff_area ON public.api_requests TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.authorisation_settings TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.authorisations TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.campaign_events TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.campaign_stages TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.campaigns TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.case_complaints TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.case_document_voids TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.case_documents TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.case_entries TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.case_events TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.case_findings TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.case_instalments TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.case_proposals TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.case_settings TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.cases TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.check_records TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.checks TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.clock_settings TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.complaint_households TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.complaints TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.contests TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.counter_checks TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.deliveries TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.delivery_answers TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.delivery_changes TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.delivery_matches TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.delivery_problems TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.delivery_withdrawals TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.document_drafts TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.document_numbers TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.document_offices TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.document_service_files TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.document_services TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.document_templates TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.estates TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.exchange_schedules TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.exit_grounds TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.files TO portal_staff USING (((complaint_id IS NULL) AND ((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")))) WITH CHECK (((complaint_id IS NULL) AND ((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")) AND ((case_id IS NULL) OR (case_id IN ( SELECT c.id
   FROM public.cases c
  WHERE ((c.id = files.case_id) AND ((c.area)::text = (files.area)::text))))) AND ((visit_id IS NULL) OR (visit_id IN ( SELECT v.id
   FROM public.visits v
  WHERE ((v.id = files.visit_id) AND ((v.area)::text = (files.area)::text))))) AND ((patrol_id IS NULL) OR (patrol_id IN ( SELECT p.id
   FROM public.patrols p
  WHERE ((p.id = files.patrol_id) AND ((p.area)::text = (files.area)::text)))))));

CREATE POLICY staff_area ON public.finding_events TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.findings TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.home_watches TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.homes TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.households TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.import_causes TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.import_changes TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.import_chunks TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.import_problems TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.imports TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.job_schedules TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.jobs TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.leases TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.match_decisions TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.milestones TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.name_backlog TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.patrols TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.person_name_grams TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.persons TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.register_changes TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.releases TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.repair_events TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.repair_notes TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.repeated_answers TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.reveals TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.review_dues TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.review_households TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.review_progress TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.review_rounds TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.roster_entries TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.rule_runs TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.thresholds TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.vacancy_reasons TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.visit_days TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.visit_events TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.visit_marks TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.visit_phone_keys TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.visit_progress TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.visit_rosters TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.visit_teams TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.visits TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_area ON public.withdrawn_checks TO portal_staff USING (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif"))) WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

CREATE POLICY staff_asks ON public.delivery_withdrawals AS RESTRICTIVE FOR INSERT TO portal_staff WITH CHECK (((outcome IS NULL) AND (proposed_by = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif")) AND (proposed_role = ( SELECT current_setting('portal.role'::text, true) AS current_setting))));

CREATE POLICY staff_by_administrator ON public.api_tokens AS RESTRICTIVE FOR INSERT TO portal_staff WITH CHECK (public.administers('{system_admin}'::text[], account_id));

CREATE POLICY staff_decides ON public.case_proposals AS RESTRICTIVE FOR UPDATE TO portal_staff USING ((outcome IS NULL)) WITH CHECK ((((outcome IS NULL) AND (reviewed_by = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif"))) OR (decided_by = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif"))));

CREATE POLICY staff_decides ON public.contests AS RESTRICTIVE FOR UPDATE TO portal_staff USING ((outcome IS NULL)) WITH CHECK ((decided_by = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif")));

CREATE POLICY staff_decides ON public.delivery_withdrawals AS RESTRICTIVE FOR UPDATE TO portal_staff USING ((outcome IS NULL)) WITH CHECK (((decided_by = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif")) AND (decided_role = ( SELECT current_setting('portal.role'::text, true) AS current_setting))));

CREATE POLICY staff_delete_own ON public.estates AS RESTRICTIVE FOR DELETE TO portal_staff USING (((import_id = ( SELECT (NULLIF(current_setting('portal.undo_import'::text, true), ''::text))::bigint AS "nullif")) OR (('estates:'::text || id) = ( SELECT current_setting('portal.deletion'::text, true) AS current_setting))));

CREATE POLICY staff_delete_own ON public.homes AS RESTRICTIVE FOR DELETE TO portal_staff USING (((import_id = ( SELECT (NULLIF(current_setting('portal.undo_import'::text, true), ''::text))::bigint AS "nullif")) OR (('homes:'::text || id) = ( SELECT current_setting('portal.deletion'::text, true) AS current_setting))));

CREATE POLICY staff_delete_own ON public.households AS RESTRICTIVE FOR DELETE TO portal_staff USING (((import_id = ( SELECT (NULLIF(current_setting('portal.undo_import'::text, true), ''::text))::bigint AS "nullif")) OR (('households:'::text || id) = ( SELECT current_setting('portal.deletion'::text, true) AS current_setting))));

CREATE POLICY staff_delete_own ON public.leases AS RESTRICTIVE FOR DELETE TO portal_staff USING (((import_id = ( SELECT (NULLIF(current_setting('portal.undo_import'::text, true), ''::text))::bigint AS "nullif")) OR (('leases:'::text || id) = ( SELECT current_setting('portal.deletion'::text, true) AS current_setting))));

CREATE POLICY staff_delete_own ON public.persons AS RESTRICTIVE FOR DELETE TO portal_staff USING (((import_id = ( SELECT (NULLIF(current_setting('portal.undo_import'::text, true), ''::text))::bigint AS "nullif")) OR (('households:'::text || household_id) = ( SELECT current_setting('portal.deletion'::text, true) AS current_setting))));

CREATE POLICY staff_delete_unconfirmed ON public.check_records AS RESTRICTIVE FOR DELETE TO portal_staff USING ((EXISTS ( SELECT
   FROM public.deliveries d
  WHERE ((d.id = check_records.delivery_id) AND (d.state <> ALL (ARRAY['done'::text, 'withdrawn'::text]))))));

CREATE POLICY staff_drafts ON public.document_drafts AS RESTRICTIVE FOR INSERT TO portal_staff WITH CHECK ((created_by = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif")));

CREATE POLICY staff_in_own_name ON public.job_schedules AS RESTRICTIVE FOR INSERT TO portal_staff WITH CHECK ((account_id = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif")));

CREATE POLICY staff_in_own_name ON public.jobs AS RESTRICTIVE FOR INSERT TO portal_staff WITH CHECK (((account_id = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif")) OR ((due_at IS NOT NULL) AND (EXISTS ( SELECT
   FROM public.job_schedules s
  WHERE ((s.kind = jobs.kind) AND ((s.area)::text = (jobs.area)::text) AND (s.account_id = jobs.account_id)))))));

CREATE POLICY staff_in_own_name ON public.reveals AS RESTRICTIVE FOR INSERT TO portal_staff WITH CHECK ((account_id = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif")));

CREATE POLICY staff_issues ON public.case_documents AS RESTRICTIVE FOR INSERT TO portal_staff WITH CHECK ((issued_by = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif")));

CREATE POLICY staff_links ON public.case_complaints AS RESTRICTIVE FOR INSERT TO portal_staff WITH CHECK (((linked_by = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif")) AND (complaint_id IN ( SELECT c.id
   FROM public.complaints c
  WHERE ((c.id = case_complaints.complaint_id) AND (c.kind <> 'misconduct'::text))))));

CREATE POLICY staff_links ON public.complaint_households AS RESTRICTIVE FOR INSERT TO portal_staff WITH CHECK (((removed_at IS NULL) AND (linked_by = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif")) AND (complaint_id IN ( SELECT c.id
   FROM public.complaints c
  WHERE ((c.id = complaint_households.complaint_id) AND (c.kind <> 'misconduct'::text))))));

CREATE POLICY staff_no_misconduct ON public.complaints AS RESTRICTIVE TO portal_staff USING ((kind <> 'misconduct'::text)) WITH CHECK ((kind <> 'misconduct'::text));

CREATE POLICY staff_patrols ON public.patrols AS RESTRICTIVE FOR INSERT TO portal_staff WITH CHECK ((recorded_by = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif")));

CREATE POLICY staff_proposes ON public.case_proposals AS RESTRICTIVE FOR INSERT TO portal_staff WITH CHECK (((outcome IS NULL) AND (reviewed_by IS NULL) AND (proposed_by = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif"))));

CREATE POLICY staff_proves ON public.document_service_files AS RESTRICTIVE FOR INSERT TO portal_staff WITH CHECK ((EXISTS ( SELECT
   FROM ((public.document_services s
     JOIN public.case_documents d ON ((d.id = s.document_id)))
     JOIN public.files f ON ((f.case_id = d.case_id)))
  WHERE ((s.id = document_service_files.service_id) AND (f.id = document_service_files.file_id) AND (s.recorded_by = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif"))))));

CREATE POLICY staff_records ON public.contests AS RESTRICTIVE FOR INSERT TO portal_staff WITH CHECK (((outcome IS NULL) AND (recorded_by = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif"))));

CREATE POLICY staff_removes ON public.files AS RESTRICTIVE FOR UPDATE TO portal_staff USING ((removed_at IS NULL)) WITH CHECK ((removed_by = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif")));

CREATE POLICY staff_serves ON public.document_services AS RESTRICTIVE FOR INSERT TO portal_staff WITH CHECK ((recorded_by = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif")));

CREATE POLICY staff_service ON public.job_schedules FOR SELECT TO portal_staff USING ((( SELECT current_setting('portal.job_service'::text, true) AS current_setting) = 'on'::text));

CREATE POLICY staff_service_read ON public.jobs FOR SELECT TO portal_staff USING ((( SELECT current_setting('portal.job_service'::text, true) AS current_setting) = 'on'::text));

CREATE POLICY staff_service_write ON public.jobs FOR UPDATE TO portal_staff USING ((( SELECT current_setting('portal.job_service'::text, true) AS current_setting) = 'on'::text));

CREATE POLICY staff_token ON public.api_tokens FOR SELECT TO portal_staff USING ((token_hash = decode(NULLIF(current_setting('portal.api_token'::text, true), ''::text), 'hex'::text)));

CREATE POLICY staff_token_use ON public.api_tokens FOR UPDATE TO portal_staff USING (((token_hash = ( SELECT decode(NULLIF(current_setting('portal.api_token'::text, true), ''::text), 'hex'::text) AS decode)) AND (revoked_at IS NULL)));

CREATE POLICY staff_unlinks ON public.complaint_households AS RESTRICTIVE FOR UPDATE TO portal_staff USING ((removed_at IS NULL)) WITH CHECK ((removed_by = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif")));

CREATE POLICY staff_visits ON public.visits AS RESTRICTIVE FOR INSERT TO portal_staff WITH CHECK (((state = 'submitted'::text) AND (confirmed_at IS NULL) AND (recorded_by = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif"))));

CREATE POLICY staff_voids ON public.case_document_voids AS RESTRICTIVE FOR INSERT TO portal_staff WITH CHECK ((voided_by = ( SELECT (NULLIF(current_setting('portal.account'::text, true), ''::text))::bigint AS "nullif")));

CREATE POLICY staff_write ON public.audit_events FOR INSERT TO portal_staff WITH CHECK (((origin = 'staff'::text) AND
CASE
    WHEN (NULLIF(current_setting('portal.account'::text, true), ''::text) IS NULL) THEN (action = ANY (ARRAY['session.sign_in'::text, 'session.lock'::text]))
    ELSE ((account_id = (current_setting('portal.account'::text, true))::bigint) AND (role = current_setting('portal.role'::text, true)))
END));

CREATE POLICY staff_write ON public.complaint_identities FOR INSERT TO portal_staff WITH CHECK (((area)::text ^@ ( SELECT NULLIF(current_setting('portal.area'::text, true), ''::text) AS "nullif")));

ALTER TABLE public.thresholds ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.vacancy_reasons ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.visit_days ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.visit_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.visit_marks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.visit_phone_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.visit_progress ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.visit_rosters ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.visit_teams ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.visits ENABLE ROW LEVEL SECURITY;

CREATE POLICY with_complaint ON public.complaint_events TO portal_staff, portal_public USING ((complaint_id IN ( SELECT c.id
   FROM public.complaints c
  WHERE (c.id = complaint_events.complaint_id)))) WITH CHECK ((complaint_id IN ( SELECT c.id
   FROM public.complaints c
  WHERE (c.id = complaint_events.complaint_id))));

CREATE POLICY with_complaint ON public.complaint_messages TO portal_staff, portal_public USING ((complaint_id IN ( SELECT c.id
   FROM public.complaints c
  WHERE (c.id = complaint_messages.complaint_id)))) WITH CHECK ((complaint_id IN ( SELECT c.id
   FROM public.complaints c
  WHERE (c.id = complaint_messages.complaint_id))));

CREATE POLICY with_complaint ON public.files TO portal_staff, portal_public USING ((complaint_id IN ( SELECT c.id
   FROM public.complaints c
  WHERE (c.id = files.complaint_id)))) WITH CHECK ((complaint_id IN ( SELECT c.id
   FROM public.complaints c
  WHERE (c.id = files.complaint_id))));

ALTER TABLE public.withdrawn_checks ENABLE ROW LEVEL SECURITY;

REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO portal_staff;
GRANT USAGE ON SCHEMA public TO portal_public;
GRANT USAGE ON SCHEMA public TO portal_inspector;
GRANT USAGE ON SCHEMA public TO portal_keeper;

REVOKE ALL ON FUNCTION public.check_types() FROM PUBLIC;
GRANT ALL ON FUNCTION public.check_types() TO portal_staff;
GRANT ALL ON FUNCTION public.check_types() TO portal_public;
GRANT ALL ON FUNCTION public.check_types() TO portal_inspector;

REVOKE ALL ON FUNCTION public.add_area(place public.area_code, called text, site jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.add_area(place public.area_code, called text, site jsonb) TO portal_staff;

REVOKE ALL ON FUNCTION public.administers(roles text[], target bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.administers(roles text[], target bigint) TO portal_staff;

REVOKE ALL ON FUNCTION public.administers_area(roles text[], place public.area_code) FROM PUBLIC;
GRANT ALL ON FUNCTION public.administers_area(roles text[], place public.area_code) TO portal_staff;

REVOKE ALL ON FUNCTION public.allow_undo(target regclass) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.announce_holidays(place public.area_code, for_year integer, seen bigint, named text, off date[], worked date[], at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.announce_holidays(place public.area_code, for_year integer, seen bigint, named text, off date[], worked date[], at timestamp with time zone) TO portal_staff;

REVOKE ALL ON FUNCTION public.announce_job() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.audit_clock(claimed timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.blur_photo_job() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.calendar_feed() FROM PUBLIC;
GRANT ALL ON FUNCTION public.calendar_feed() TO portal_staff;

REVOKE ALL ON FUNCTION public.calendar_reader(token bytea, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.calendar_reader(token bytea, at timestamp with time zone) TO portal_staff;

REVOKE ALL ON FUNCTION public.case_needs_two(before text, after text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.case_needs_two(before text, after text) TO portal_staff;

REVOKE ALL ON FUNCTION public.change_password(answer text, chosen text, token bytea, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.change_password(answer text, chosen text, token bytea, at timestamp with time zone) TO portal_staff;

REVOKE ALL ON FUNCTION public.change_site(place public.area_code, seen_version integer, heading text, run_by text, reached_at text, code_of_site text, icp text, police text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.change_site(place public.area_code, seen_version integer, heading text, run_by text, reached_at text, code_of_site text, icp text, police text) TO portal_staff;

REVOKE ALL ON FUNCTION public.close_calendar_feed(at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.close_calendar_feed(at timestamp with time zone) TO portal_staff;

REVOKE ALL ON FUNCTION public.complete_audit_event() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.confirm_password(answer text, shown timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.confirm_password(answer text, shown timestamp with time zone) TO portal_staff;

REVOKE ALL ON FUNCTION public.correct_account(target bigint, seen_version integer, shown_name text, given_role text, given_area public.area_code) FROM PUBLIC;
GRANT ALL ON FUNCTION public.correct_account(target bigint, seen_version integer, shown_name text, given_role text, given_area public.area_code) TO portal_staff;

REVOKE ALL ON FUNCTION public.count_household_people(ids bigint[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.count_household_people(ids bigint[]) TO portal_staff;

REVOKE ALL ON FUNCTION public.count_review_progress(round bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.count_review_progress(round bigint) TO portal_staff;

REVOKE ALL ON FUNCTION public.create_account(name text, shown_name text, given_role text, given_area public.area_code, chosen text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.create_account(name text, shown_name text, given_role text, given_area public.area_code, chosen text, at timestamp with time zone) TO portal_staff;

REVOKE ALL ON FUNCTION public.disable_account(target bigint, seen_version integer, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.disable_account(target bigint, seen_version integer, at timestamp with time zone) TO portal_staff;

REVOKE ALL ON FUNCTION public.enable_account(target bigint, seen_version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.enable_account(target bigint, seen_version integer) TO portal_staff;

REVOKE ALL ON FUNCTION public.end_account_sessions(target bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.end_account_sessions(target bigint) TO portal_staff;

REVOKE ALL ON FUNCTION public.end_session(token bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.end_session(token bytea) TO portal_staff;

REVOKE ALL ON FUNCTION public.erase_removed_files() FROM PUBLIC;
GRANT ALL ON FUNCTION public.erase_removed_files() TO portal_public;

REVOKE ALL ON FUNCTION public.file_arrived() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.files_waiting(in_queue integer, OUT everywhere bigint, OUT here bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.files_waiting(in_queue integer, OUT everywhere bigint, OUT here bigint) TO portal_staff;
GRANT ALL ON FUNCTION public.files_waiting(in_queue integer, OUT everywhere bigint, OUT here bigint) TO portal_public;

REVOKE ALL ON FUNCTION public.forget_deleted() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.hold_case_steps() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.hold_contested_findings() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.hold_document_number() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.hold_document_numbers() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.hold_document_series() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.hold_withdrawals() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.keep_area_of_households() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.keep_history(target regclass, columns text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.keep_household_estate() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.keep_household_people() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.keep_name_grams() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.keep_persons_with_household() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.keep_review_progress() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.keep_visit_days() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.keep_visit_progress() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.keep_withdrawn_answers() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.name_grams(name text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.name_grams(name text) TO portal_staff;

REVOKE ALL ON FUNCTION public.names_resident_id(text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.names_resident_id(text) TO portal_staff;
GRANT ALL ON FUNCTION public.names_resident_id(text) TO portal_public;
GRANT ALL ON FUNCTION public.names_resident_id(text) TO portal_inspector;
GRANT ALL ON FUNCTION public.names_resident_id(text) TO portal_keeper;

REVOKE ALL ON FUNCTION public.next_file_id(last bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.next_file_id(last bigint) TO portal_staff;
GRANT ALL ON FUNCTION public.next_file_id(last bigint) TO portal_public;

REVOKE ALL ON FUNCTION public.next_household_number(area text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.next_household_number(area text) TO portal_staff;

REVOKE ALL ON FUNCTION public.next_waiting_file(after_queue integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.next_waiting_file(after_queue integer) TO portal_public;

REVOKE ALL ON FUNCTION public.normal_name(name text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.normal_name(name text) TO portal_staff;

REVOKE ALL ON FUNCTION public.number_apart() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.number_households(county text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.number_new_county() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.open_calendar_feed(token bytea, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.open_calendar_feed(token bytea, at timestamp with time zone) TO portal_staff;

REVOKE ALL ON FUNCTION public.open_session(name text, answer text, token bytea, came_from text, opened timestamp with time zone, idle_since timestamp with time zone, opened_since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.open_session(name text, answer text, token bytea, came_from text, opened timestamp with time zone, idle_since timestamp with time zone, opened_since timestamp with time zone) TO portal_staff;

REVOKE ALL ON FUNCTION public.owed_check_types() FROM PUBLIC;
GRANT ALL ON FUNCTION public.owed_check_types() TO portal_staff;
GRANT ALL ON FUNCTION public.owed_check_types() TO portal_public;
GRANT ALL ON FUNCTION public.owed_check_types() TO portal_inspector;

REVOKE ALL ON FUNCTION public.password_terms(name text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.password_terms(name text) TO portal_staff;

REVOKE ALL ON FUNCTION public.proof_of(acting bigint, OUT kind text, OUT address text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.protect_by_area(target regclass) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.protect_by_complaint(target regclass) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.reckon_case_clocks() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.record_register_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.record_register_deletion() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_used_row() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.register_uses(entity text, target bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.register_uses(entity text, target bigint) TO portal_staff;

REVOKE ALL ON FUNCTION public.rename_area(place public.area_code, seen_version integer, called text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.rename_area(place public.area_code, seen_version integer, called text) TO portal_staff;

REVOKE ALL ON FUNCTION public.renew_password(answer text, renewed text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.renew_password(answer text, renewed text, at timestamp with time zone) TO portal_staff;

REVOKE ALL ON FUNCTION public.require_area() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.require_household() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.reset_account_password(target bigint, seen_version integer, chosen text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.reset_account_password(target bigint, seen_version integer, chosen text, at timestamp with time zone) TO portal_staff;

REVOKE ALL ON FUNCTION public.running_session(token bytea, idle_since timestamp with time zone, opened_since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.running_session(token bytea, idle_since timestamp with time zone, opened_since timestamp with time zone) TO portal_staff;

REVOKE ALL ON FUNCTION public.set_up_county(shown bytea, at timestamp with time zone, came_from text, county public.area_code, places jsonb, site jsonb, administrators jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.set_up_county(shown bytea, at timestamp with time zone, came_from text, county public.area_code, places jsonb, site jsonb, administrators jsonb) TO portal_staff;

REVOKE ALL ON FUNCTION public.settle_file(file bigint, clean bytea, thumbnail bytea, why text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.settle_file(file bigint, clean bytea, thumbnail bytea, why text) TO portal_public;

REVOKE ALL ON FUNCTION public.settle_reports() FROM PUBLIC;
GRANT ALL ON FUNCTION public.settle_reports() TO portal_staff;

REVOKE ALL ON FUNCTION public.setup_link_state(shown bytea, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.setup_link_state(shown bytea, at timestamp with time zone) TO portal_staff;

REVOKE ALL ON FUNCTION public.show_to_lower_areas(target regclass) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.shown_session() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.touch_session(token bytea, seen timestamp with time zone, came_from text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.touch_session(token bytea, seen timestamp with time zone, came_from text) TO portal_staff;

REVOKE ALL ON FUNCTION public.uncount_visit() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.visit_route(building text, unit text, room text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.visit_route(building text, unit text, room text) TO portal_staff;

REVOKE ALL ON FUNCTION public.wake_file_work() FROM PUBLIC;
GRANT ALL ON FUNCTION public.wake_file_work() TO portal_public;

GRANT SELECT,INSERT,UPDATE ON TABLE public.account_passwords TO portal_keeper;

GRANT SELECT ON TABLE public.accounts TO portal_staff;
GRANT SELECT,INSERT ON TABLE public.accounts TO portal_keeper;

GRANT UPDATE(display_name) ON TABLE public.accounts TO portal_keeper;

GRANT UPDATE(role) ON TABLE public.accounts TO portal_keeper;

GRANT UPDATE(area) ON TABLE public.accounts TO portal_keeper;

GRANT UPDATE(must_change_password) ON TABLE public.accounts TO portal_keeper;

GRANT UPDATE(disabled_at) ON TABLE public.accounts TO portal_keeper;

GRANT UPDATE(version) ON TABLE public.accounts TO portal_keeper;

GRANT SELECT,INSERT,DELETE ON TABLE public.api_requests TO portal_staff;

GRANT SELECT,INSERT ON TABLE public.api_tokens TO portal_staff;
GRANT SELECT ON TABLE public.api_tokens TO portal_keeper;

GRANT UPDATE(revoked_at) ON TABLE public.api_tokens TO portal_staff;

GRANT UPDATE(revoked_by_name) ON TABLE public.api_tokens TO portal_staff;

GRANT UPDATE(last_used_at) ON TABLE public.api_tokens TO portal_staff;

GRANT UPDATE(version) ON TABLE public.api_tokens TO portal_staff;

GRANT SELECT ON TABLE public.areas TO portal_staff;
GRANT SELECT ON TABLE public.areas TO portal_public;
GRANT SELECT ON TABLE public.areas TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.areas TO portal_keeper;

GRANT UPDATE(name) ON TABLE public.areas TO portal_keeper;

GRANT UPDATE(version) ON TABLE public.areas TO portal_keeper;

GRANT SELECT,INSERT ON TABLE public.audit_events TO portal_staff;
GRANT INSERT ON TABLE public.audit_events TO portal_public;
GRANT SELECT,INSERT ON TABLE public.audit_events TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.audit_events TO portal_keeper;

GRANT UPDATE(id) ON TABLE public.audit_events TO portal_keeper;

GRANT USAGE ON SEQUENCE public.audit_event_numbers TO portal_keeper;

GRANT SELECT ON TABLE public.authorisation_settings TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.authorisation_settings TO portal_staff;

GRANT SELECT,INSERT ON TABLE public.authorisations TO portal_staff;

GRANT SELECT,INSERT ON TABLE public.calendar_feeds TO portal_keeper;

GRANT UPDATE(read_at) ON TABLE public.calendar_feeds TO portal_keeper;

GRANT UPDATE(revoked_at) ON TABLE public.calendar_feeds TO portal_keeper;

GRANT SELECT ON TABLE public.campaign_events TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.campaign_events TO portal_staff;

GRANT SELECT ON TABLE public.campaign_stages TO portal_inspector;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.campaign_stages TO portal_staff;

GRANT SELECT ON TABLE public.campaigns TO portal_inspector;
GRANT SELECT,INSERT,UPDATE ON TABLE public.campaigns TO portal_staff;

GRANT SELECT ON TABLE public.case_complaints TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.case_complaints TO portal_staff;

GRANT SELECT ON TABLE public.case_document_voids TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.case_document_voids TO portal_staff;

GRANT SELECT ON TABLE public.case_documents TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.case_documents TO portal_staff;

GRANT SELECT ON TABLE public.case_entries TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.case_entries TO portal_staff;

GRANT SELECT ON TABLE public.case_events TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.case_events TO portal_staff;

GRANT SELECT,INSERT ON TABLE public.case_findings TO portal_staff;

GRANT UPDATE(released_at) ON TABLE public.case_findings TO portal_staff;

GRANT SELECT ON TABLE public.case_instalments TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.case_instalments TO portal_staff;

GRANT USAGE ON SEQUENCE public.case_numbers TO portal_staff;

GRANT SELECT ON TABLE public.case_proposals TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.case_proposals TO portal_staff;

GRANT UPDATE(reviewed_by) ON TABLE public.case_proposals TO portal_staff;

GRANT UPDATE(reviewed_by_name) ON TABLE public.case_proposals TO portal_staff;

GRANT UPDATE(reviewed_at) ON TABLE public.case_proposals TO portal_staff;

GRANT UPDATE(review_note) ON TABLE public.case_proposals TO portal_staff;

GRANT UPDATE(outcome) ON TABLE public.case_proposals TO portal_staff;

GRANT UPDATE(decided_by) ON TABLE public.case_proposals TO portal_staff;

GRANT UPDATE(decided_by_name) ON TABLE public.case_proposals TO portal_staff;

GRANT UPDATE(decided_at) ON TABLE public.case_proposals TO portal_staff;

GRANT UPDATE(decided_version) ON TABLE public.case_proposals TO portal_staff;

GRANT UPDATE(reason) ON TABLE public.case_proposals TO portal_staff;

GRANT SELECT ON TABLE public.case_settings TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.case_settings TO portal_staff;

GRANT SELECT ON TABLE public.cases TO portal_inspector;
GRANT SELECT,INSERT,UPDATE ON TABLE public.cases TO portal_staff;

GRANT SELECT,INSERT,DELETE ON TABLE public.check_records TO portal_staff;

GRANT SELECT ON TABLE public.checks TO portal_inspector;
GRANT SELECT,INSERT,DELETE ON TABLE public.checks TO portal_staff;

GRANT SELECT ON TABLE public.clock_settings TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.clock_settings TO portal_staff;

GRANT SELECT ON TABLE public.complaint_events TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.complaint_events TO portal_staff;

GRANT SELECT ON TABLE public.complaint_households TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.complaint_households TO portal_staff;

GRANT UPDATE(removed_by) ON TABLE public.complaint_households TO portal_staff;

GRANT UPDATE(removed_by_name) ON TABLE public.complaint_households TO portal_staff;

GRANT UPDATE(removed_at) ON TABLE public.complaint_households TO portal_staff;

GRANT UPDATE(reason) ON TABLE public.complaint_households TO portal_staff;

GRANT INSERT ON TABLE public.complaint_identities TO portal_public;
GRANT INSERT ON TABLE public.complaint_identities TO portal_staff;
GRANT SELECT ON TABLE public.complaint_identities TO portal_keeper;

GRANT UPDATE(complaint_id) ON TABLE public.complaint_identities TO portal_keeper;

GRANT SELECT ON TABLE public.complaint_messages TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.complaint_messages TO portal_staff;
GRANT SELECT,INSERT ON TABLE public.complaint_messages TO portal_public;
GRANT SELECT ON TABLE public.complaint_messages TO portal_keeper;

GRANT SELECT(id),UPDATE(id) ON TABLE public.complaint_messages TO portal_keeper;

GRANT SELECT(complaint_id) ON TABLE public.complaint_messages TO portal_keeper;

GRANT SELECT ON TABLE public.complaints TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.complaints TO portal_staff;
GRANT INSERT ON TABLE public.complaints TO portal_public;
GRANT SELECT ON TABLE public.complaints TO portal_keeper;

GRANT SELECT(id) ON TABLE public.complaints TO portal_public;
GRANT UPDATE(id) ON TABLE public.complaints TO portal_keeper;

GRANT SELECT(area) ON TABLE public.complaints TO portal_public;

GRANT SELECT(number) ON TABLE public.complaints TO portal_public;

GRANT SELECT(kind) ON TABLE public.complaints TO portal_public;

GRANT SELECT(estate_id) ON TABLE public.complaints TO portal_public;

GRANT SELECT(address) ON TABLE public.complaints TO portal_public;

GRANT SELECT(description) ON TABLE public.complaints TO portal_public;

GRANT SELECT(is_named) ON TABLE public.complaints TO portal_public;

GRANT UPDATE(state) ON TABLE public.complaints TO portal_staff;
GRANT SELECT(state) ON TABLE public.complaints TO portal_public;

GRANT SELECT(received_at) ON TABLE public.complaints TO portal_public;

GRANT UPDATE(decided_at) ON TABLE public.complaints TO portal_staff;
GRANT SELECT(decided_at) ON TABLE public.complaints TO portal_public;

GRANT UPDATE(finished_at) ON TABLE public.complaints TO portal_staff;
GRANT SELECT(finished_at) ON TABLE public.complaints TO portal_public;

GRANT UPDATE(reason) ON TABLE public.complaints TO portal_staff;
GRANT SELECT(reason) ON TABLE public.complaints TO portal_public;

GRANT UPDATE(result) ON TABLE public.complaints TO portal_staff;
GRANT SELECT(result) ON TABLE public.complaints TO portal_public;

GRANT UPDATE(assigned_to) ON TABLE public.complaints TO portal_staff;

GRANT SELECT(submission_hash) ON TABLE public.complaints TO portal_public;

GRANT SELECT(follow_up_hash) ON TABLE public.complaints TO portal_public;

GRANT SELECT(digest) ON TABLE public.complaints TO portal_public;

GRANT SELECT(signature) ON TABLE public.complaints TO portal_public;

GRANT SELECT(signing_key) ON TABLE public.complaints TO portal_public;

GRANT UPDATE(version) ON TABLE public.complaints TO portal_staff;

GRANT SELECT,INSERT ON TABLE public.contests TO portal_staff;

GRANT UPDATE(outcome) ON TABLE public.contests TO portal_staff;

GRANT UPDATE(reason) ON TABLE public.contests TO portal_staff;

GRANT UPDATE(decided_by) ON TABLE public.contests TO portal_staff;

GRANT UPDATE(decided_by_name) ON TABLE public.contests TO portal_staff;

GRANT UPDATE(decided_at) ON TABLE public.contests TO portal_staff;

GRANT USAGE ON SEQUENCE public.counter_check_numbers TO portal_staff;

GRANT SELECT,INSERT,UPDATE ON TABLE public.counter_checks TO portal_staff;

GRANT SELECT ON TABLE public.deliveries TO portal_inspector;
GRANT SELECT,INSERT,UPDATE ON TABLE public.deliveries TO portal_staff;

GRANT SELECT ON TABLE public.delivery_answers TO portal_inspector;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.delivery_answers TO portal_staff;

GRANT SELECT ON TABLE public.delivery_changes TO portal_inspector;
GRANT SELECT,INSERT,DELETE ON TABLE public.delivery_changes TO portal_staff;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.delivery_matches TO portal_staff;

GRANT SELECT,INSERT,DELETE ON TABLE public.delivery_problems TO portal_staff;

GRANT SELECT ON TABLE public.delivery_withdrawals TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.delivery_withdrawals TO portal_staff;

GRANT UPDATE(outcome) ON TABLE public.delivery_withdrawals TO portal_staff;

GRANT UPDATE(decided_by) ON TABLE public.delivery_withdrawals TO portal_staff;

GRANT UPDATE(decided_by_name) ON TABLE public.delivery_withdrawals TO portal_staff;

GRANT UPDATE(decided_role) ON TABLE public.delivery_withdrawals TO portal_staff;

GRANT UPDATE(decided_at) ON TABLE public.delivery_withdrawals TO portal_staff;

GRANT UPDATE(note) ON TABLE public.delivery_withdrawals TO portal_staff;

GRANT SELECT ON TABLE public.document_drafts TO portal_inspector;
GRANT SELECT,INSERT,DELETE ON TABLE public.document_drafts TO portal_staff;

GRANT UPDATE(version) ON TABLE public.document_drafts TO portal_staff;

GRANT UPDATE(content_sealed) ON TABLE public.document_drafts TO portal_staff;

GRANT UPDATE(changed_by_name) ON TABLE public.document_drafts TO portal_staff;

GRANT UPDATE(changed_at) ON TABLE public.document_drafts TO portal_staff;

GRANT SELECT ON TABLE public.document_numbers TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.document_numbers TO portal_staff;

GRANT UPDATE(last) ON TABLE public.document_numbers TO portal_staff;

GRANT SELECT ON TABLE public.document_offices TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.document_offices TO portal_staff;

GRANT SELECT ON TABLE public.document_service_files TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.document_service_files TO portal_staff;

GRANT SELECT ON TABLE public.document_services TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.document_services TO portal_staff;

GRANT SELECT ON TABLE public.document_templates TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.document_templates TO portal_staff;

GRANT SELECT ON TABLE public.estates TO portal_inspector;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.estates TO portal_staff;

GRANT SELECT(id) ON TABLE public.estates TO portal_public;

GRANT SELECT(area) ON TABLE public.estates TO portal_public;

GRANT SELECT(name) ON TABLE public.estates TO portal_public;

GRANT USAGE ON SEQUENCE public.estates_id_seq TO portal_staff;

GRANT SELECT ON TABLE public.exchange_schedules TO portal_inspector;
GRANT SELECT,INSERT,UPDATE ON TABLE public.exchange_schedules TO portal_staff;

GRANT SELECT ON TABLE public.exit_grounds TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.exit_grounds TO portal_staff;

GRANT INSERT ON TABLE public.files TO portal_staff;
GRANT INSERT ON TABLE public.files TO portal_public;
GRANT SELECT ON TABLE public.files TO portal_keeper;

GRANT SELECT(id) ON TABLE public.files TO portal_staff;
GRANT SELECT(id) ON TABLE public.files TO portal_public;
GRANT SELECT(id) ON TABLE public.files TO portal_inspector;
GRANT SELECT(id),UPDATE(id) ON TABLE public.files TO portal_keeper;

GRANT SELECT(complaint_id) ON TABLE public.files TO portal_staff;
GRANT SELECT(complaint_id) ON TABLE public.files TO portal_public;
GRANT SELECT(complaint_id) ON TABLE public.files TO portal_inspector;
GRANT SELECT(complaint_id) ON TABLE public.files TO portal_keeper;

GRANT SELECT("position") ON TABLE public.files TO portal_staff;
GRANT SELECT("position") ON TABLE public.files TO portal_public;
GRANT SELECT("position") ON TABLE public.files TO portal_inspector;

GRANT SELECT(original_sha256) ON TABLE public.files TO portal_staff;
GRANT SELECT(original_sha256) ON TABLE public.files TO portal_public;
GRANT SELECT(original_sha256) ON TABLE public.files TO portal_inspector;

GRANT SELECT(original_type) ON TABLE public.files TO portal_staff;
GRANT SELECT(original_type) ON TABLE public.files TO portal_public;
GRANT SELECT(original_type) ON TABLE public.files TO portal_inspector;

GRANT SELECT(clean_sealed) ON TABLE public.files TO portal_staff;
GRANT SELECT(clean_sealed) ON TABLE public.files TO portal_public;
GRANT SELECT(clean_sealed) ON TABLE public.files TO portal_inspector;

GRANT SELECT(state) ON TABLE public.files TO portal_staff;
GRANT SELECT(state) ON TABLE public.files TO portal_public;
GRANT SELECT(state) ON TABLE public.files TO portal_inspector;

GRANT SELECT(refusal) ON TABLE public.files TO portal_staff;
GRANT SELECT(refusal) ON TABLE public.files TO portal_public;
GRANT SELECT(refusal) ON TABLE public.files TO portal_inspector;

GRANT SELECT(area) ON TABLE public.files TO portal_staff;
GRANT SELECT(area) ON TABLE public.files TO portal_inspector;

GRANT SELECT(case_id) ON TABLE public.files TO portal_staff;

GRANT SELECT(kind) ON TABLE public.files TO portal_staff;

GRANT SELECT(title) ON TABLE public.files TO portal_staff;

GRANT SELECT(original_bytes) ON TABLE public.files TO portal_staff;

GRANT SELECT(thumbnail_sealed) ON TABLE public.files TO portal_staff;

GRANT SELECT(retention) ON TABLE public.files TO portal_staff;
GRANT SELECT(retention) ON TABLE public.files TO portal_inspector;

GRANT SELECT(uploaded_by) ON TABLE public.files TO portal_staff;

GRANT SELECT(uploaded_by_name) ON TABLE public.files TO portal_staff;

GRANT SELECT(uploaded_at) ON TABLE public.files TO portal_staff;

GRANT SELECT(removed_by),UPDATE(removed_by) ON TABLE public.files TO portal_staff;

GRANT SELECT(removed_by_name),UPDATE(removed_by_name) ON TABLE public.files TO portal_staff;

GRANT SELECT(removed_at),UPDATE(removed_at) ON TABLE public.files TO portal_staff;

GRANT SELECT(removal_reason),UPDATE(removal_reason) ON TABLE public.files TO portal_staff;

GRANT SELECT(erased_at) ON TABLE public.files TO portal_staff;

GRANT SELECT(visit_id) ON TABLE public.files TO portal_staff;

GRANT SELECT(patrol_id) ON TABLE public.files TO portal_staff;

GRANT SELECT,INSERT ON TABLE public.finding_events TO portal_staff;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.findings TO portal_staff;

GRANT SELECT ON TABLE public.holiday_years TO portal_staff;
GRANT SELECT ON TABLE public.holiday_years TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.holiday_years TO portal_keeper;

GRANT SELECT ON TABLE public.home_watches TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.home_watches TO portal_staff;

GRANT UPDATE(rhythm_days) ON TABLE public.home_watches TO portal_staff;

GRANT UPDATE(next_on) ON TABLE public.home_watches TO portal_staff;

GRANT UPDATE(next_slot) ON TABLE public.home_watches TO portal_staff;

GRANT UPDATE(version) ON TABLE public.home_watches TO portal_staff;

GRANT UPDATE(ended_by_name) ON TABLE public.home_watches TO portal_staff;

GRANT UPDATE(ended_at) ON TABLE public.home_watches TO portal_staff;

GRANT UPDATE(end_reason) ON TABLE public.home_watches TO portal_staff;

GRANT SELECT ON TABLE public.homes TO portal_inspector;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.homes TO portal_staff;

GRANT USAGE ON SEQUENCE public.homes_id_seq TO portal_staff;

GRANT SELECT ON TABLE public.households TO portal_inspector;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.households TO portal_staff;

GRANT USAGE ON SEQUENCE public.households_id_seq TO portal_staff;

GRANT SELECT ON TABLE public.import_causes TO portal_inspector;
GRANT SELECT,INSERT,DELETE ON TABLE public.import_causes TO portal_staff;

GRANT SELECT,INSERT,DELETE ON TABLE public.import_changes TO portal_staff;

GRANT SELECT,INSERT,DELETE ON TABLE public.import_chunks TO portal_staff;

GRANT SELECT,INSERT,DELETE ON TABLE public.import_problems TO portal_staff;

GRANT SELECT ON TABLE public.imports TO portal_inspector;
GRANT SELECT,INSERT,UPDATE ON TABLE public.imports TO portal_staff;

GRANT SELECT ON TABLE public.job_schedules TO portal_inspector;
GRANT SELECT,INSERT,DELETE ON TABLE public.job_schedules TO portal_staff;

GRANT SELECT,INSERT ON TABLE public.jobs TO portal_staff;
GRANT SELECT ON TABLE public.jobs TO portal_keeper;

GRANT SELECT(id) ON TABLE public.jobs TO portal_inspector;

GRANT SELECT(kind) ON TABLE public.jobs TO portal_inspector;

GRANT SELECT(subject) ON TABLE public.jobs TO portal_inspector;

GRANT SELECT(area) ON TABLE public.jobs TO portal_inspector;

GRANT SELECT(account_id) ON TABLE public.jobs TO portal_inspector;

GRANT SELECT(lane) ON TABLE public.jobs TO portal_inspector;

GRANT UPDATE(state) ON TABLE public.jobs TO portal_staff;
GRANT SELECT(state) ON TABLE public.jobs TO portal_inspector;

GRANT UPDATE(home) ON TABLE public.jobs TO portal_staff;

GRANT UPDATE(worker) ON TABLE public.jobs TO portal_staff;

GRANT UPDATE(heard_at) ON TABLE public.jobs TO portal_staff;
GRANT SELECT(heard_at) ON TABLE public.jobs TO portal_inspector;

GRANT UPDATE(attempts) ON TABLE public.jobs TO portal_staff;
GRANT SELECT(attempts) ON TABLE public.jobs TO portal_inspector;

GRANT UPDATE(not_before) ON TABLE public.jobs TO portal_staff;
GRANT SELECT(not_before) ON TABLE public.jobs TO portal_inspector;

GRANT UPDATE(phase) ON TABLE public.jobs TO portal_staff;
GRANT SELECT(phase) ON TABLE public.jobs TO portal_inspector;

GRANT UPDATE(done) ON TABLE public.jobs TO portal_staff;
GRANT SELECT(done) ON TABLE public.jobs TO portal_inspector;

GRANT UPDATE(expected) ON TABLE public.jobs TO portal_staff;
GRANT SELECT(expected) ON TABLE public.jobs TO portal_inspector;

GRANT UPDATE(message) ON TABLE public.jobs TO portal_staff;
GRANT SELECT(message) ON TABLE public.jobs TO portal_inspector;

GRANT UPDATE(cancel_asked_at) ON TABLE public.jobs TO portal_staff;
GRANT SELECT(cancel_asked_at) ON TABLE public.jobs TO portal_inspector;

GRANT SELECT(due_at) ON TABLE public.jobs TO portal_inspector;

GRANT UPDATE(terms) ON TABLE public.jobs TO portal_staff;

GRANT SELECT(entered_at) ON TABLE public.jobs TO portal_inspector;

GRANT UPDATE(finished_at) ON TABLE public.jobs TO portal_staff;
GRANT SELECT(finished_at) ON TABLE public.jobs TO portal_inspector;

GRANT UPDATE(is_begun) ON TABLE public.jobs TO portal_staff;

GRANT SELECT ON TABLE public.leases TO portal_inspector;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.leases TO portal_staff;

GRANT USAGE ON SEQUENCE public.leases_id_seq TO portal_staff;

GRANT SELECT,INSERT ON TABLE public.match_decisions TO portal_staff;

GRANT UPDATE(revoked_by_name) ON TABLE public.match_decisions TO portal_staff;

GRANT UPDATE(revoked_at) ON TABLE public.match_decisions TO portal_staff;

GRANT SELECT ON TABLE public.milestones TO portal_inspector;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.milestones TO portal_staff;

GRANT SELECT ON TABLE public.name_backlog TO portal_inspector;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.name_backlog TO portal_staff;

GRANT SELECT ON TABLE public.patrols TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.patrols TO portal_staff;

GRANT SELECT,INSERT,DELETE ON TABLE public.person_name_grams TO portal_staff;

GRANT SELECT ON TABLE public.persons TO portal_inspector;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.persons TO portal_staff;

GRANT USAGE ON SEQUENCE public.persons_id_seq TO portal_staff;

GRANT SELECT,INSERT ON TABLE public.register_changes TO portal_staff;
GRANT SELECT,DELETE ON TABLE public.register_changes TO portal_keeper;

GRANT SELECT ON TABLE public.releases TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.releases TO portal_staff;

GRANT SELECT(id) ON TABLE public.releases TO portal_public;

GRANT SELECT(area) ON TABLE public.releases TO portal_public;

GRANT SELECT(cutoff_at) ON TABLE public.releases TO portal_public;

GRANT SELECT(public_figures) ON TABLE public.releases TO portal_public;

GRANT UPDATE(state) ON TABLE public.releases TO portal_staff;
GRANT SELECT(state) ON TABLE public.releases TO portal_public;

GRANT UPDATE(published_by) ON TABLE public.releases TO portal_staff;

GRANT UPDATE(published_by_name) ON TABLE public.releases TO portal_staff;

GRANT UPDATE(published_at) ON TABLE public.releases TO portal_staff;
GRANT SELECT(published_at) ON TABLE public.releases TO portal_public;

GRANT UPDATE(version) ON TABLE public.releases TO portal_staff;

GRANT SELECT ON TABLE public.repair_events TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.repair_events TO portal_staff;

GRANT SELECT ON TABLE public.repair_notes TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.repair_notes TO portal_staff;

GRANT UPDATE(planned_on) ON TABLE public.repair_notes TO portal_staff;

GRANT UPDATE(state) ON TABLE public.repair_notes TO portal_staff;

GRANT UPDATE(version) ON TABLE public.repair_notes TO portal_staff;

GRANT SELECT ON TABLE public.repeated_answers TO portal_inspector;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.repeated_answers TO portal_staff;

GRANT SELECT,INSERT,DELETE ON TABLE public.report_settlings TO portal_keeper;

GRANT SELECT ON TABLE public.reveals TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.reveals TO portal_staff;

GRANT SELECT ON TABLE public.review_dues TO portal_inspector;
GRANT SELECT,INSERT,UPDATE ON TABLE public.review_dues TO portal_staff;

GRANT SELECT ON TABLE public.review_households TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.review_households TO portal_staff;

GRANT SELECT ON TABLE public.review_progress TO portal_inspector;
GRANT SELECT,INSERT,UPDATE ON TABLE public.review_progress TO portal_staff;

GRANT SELECT ON TABLE public.review_rounds TO portal_inspector;
GRANT SELECT,INSERT,UPDATE ON TABLE public.review_rounds TO portal_staff;

GRANT SELECT ON TABLE public.roster_entries TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.roster_entries TO portal_staff;

GRANT UPDATE(area) ON TABLE public.roster_entries TO portal_staff;

GRANT UPDATE(household_id) ON TABLE public.roster_entries TO portal_staff;

GRANT UPDATE(home_id) ON TABLE public.roster_entries TO portal_staff;

GRANT UPDATE(estate_id) ON TABLE public.roster_entries TO portal_staff;

GRANT UPDATE(route) ON TABLE public.roster_entries TO portal_staff;

GRANT UPDATE(team_id) ON TABLE public.roster_entries TO portal_staff;

GRANT UPDATE(state) ON TABLE public.roster_entries TO portal_staff;

GRANT UPDATE(attempts) ON TABLE public.roster_entries TO portal_staff;

GRANT UPDATE(next_on) ON TABLE public.roster_entries TO portal_staff;

GRANT UPDATE(next_slot) ON TABLE public.roster_entries TO portal_staff;

GRANT UPDATE(last_visited_on) ON TABLE public.roster_entries TO portal_staff;

GRANT UPDATE(risk) ON TABLE public.roster_entries TO portal_staff;

GRANT UPDATE(risk_signals) ON TABLE public.roster_entries TO portal_staff;

GRANT UPDATE(version) ON TABLE public.roster_entries TO portal_staff;

GRANT SELECT ON TABLE public.rule_runs TO portal_inspector;
GRANT SELECT,INSERT,UPDATE ON TABLE public.rule_runs TO portal_staff;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sessions TO portal_keeper;

GRANT SELECT(account_id) ON TABLE public.sessions TO portal_staff;

GRANT SELECT(created_at) ON TABLE public.sessions TO portal_staff;

GRANT SELECT(last_seen_at) ON TABLE public.sessions TO portal_staff;

GRANT SELECT ON TABLE public.setup_links TO portal_keeper;

GRANT UPDATE(used_at) ON TABLE public.setup_links TO portal_keeper;

GRANT UPDATE(used_for) ON TABLE public.setup_links TO portal_keeper;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_in_failures TO portal_staff;

GRANT SELECT ON TABLE public.site_settings TO portal_staff;
GRANT SELECT ON TABLE public.site_settings TO portal_public;
GRANT SELECT ON TABLE public.site_settings TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.site_settings TO portal_keeper;

GRANT UPDATE(county_name) ON TABLE public.site_settings TO portal_keeper;

GRANT UPDATE(title) ON TABLE public.site_settings TO portal_keeper;

GRANT UPDATE(organiser) ON TABLE public.site_settings TO portal_keeper;

GRANT UPDATE(contact) ON TABLE public.site_settings TO portal_keeper;

GRANT UPDATE(site_code) ON TABLE public.site_settings TO portal_keeper;

GRANT UPDATE(icp_record) ON TABLE public.site_settings TO portal_keeper;

GRANT UPDATE(police_record) ON TABLE public.site_settings TO portal_keeper;

GRANT UPDATE(version) ON TABLE public.site_settings TO portal_keeper;

GRANT SELECT ON TABLE public.thresholds TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.thresholds TO portal_staff;

GRANT SELECT,INSERT ON TABLE public.vacancy_reasons TO portal_staff;

GRANT UPDATE(revoked_reason) ON TABLE public.vacancy_reasons TO portal_staff;

GRANT UPDATE(revoked_by_name) ON TABLE public.vacancy_reasons TO portal_staff;

GRANT UPDATE(revoked_at) ON TABLE public.vacancy_reasons TO portal_staff;

GRANT SELECT ON TABLE public.visit_days TO portal_inspector;
GRANT SELECT ON TABLE public.visit_days TO portal_staff;

GRANT SELECT ON TABLE public.visit_events TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.visit_events TO portal_staff;

GRANT SELECT ON TABLE public.visit_marks TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.visit_marks TO portal_staff;

GRANT SELECT,INSERT,DELETE ON TABLE public.visit_phone_keys TO portal_staff;

GRANT SELECT ON TABLE public.visit_progress TO portal_inspector;
GRANT SELECT ON TABLE public.visit_progress TO portal_staff;

GRANT SELECT ON TABLE public.visit_rosters TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.visit_rosters TO portal_staff;

GRANT UPDATE(made_by) ON TABLE public.visit_rosters TO portal_staff;

GRANT UPDATE(made_by_name) ON TABLE public.visit_rosters TO portal_staff;

GRANT UPDATE(made_at) ON TABLE public.visit_rosters TO portal_staff;

GRANT UPDATE(ready_at) ON TABLE public.visit_rosters TO portal_staff;

GRANT SELECT ON TABLE public.visit_teams TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.visit_teams TO portal_staff;

GRANT UPDATE(name) ON TABLE public.visit_teams TO portal_staff;

GRANT UPDATE(first_id) ON TABLE public.visit_teams TO portal_staff;

GRANT UPDATE(first_name) ON TABLE public.visit_teams TO portal_staff;

GRANT UPDATE(second_id) ON TABLE public.visit_teams TO portal_staff;

GRANT UPDATE(second_name) ON TABLE public.visit_teams TO portal_staff;

GRANT UPDATE(version) ON TABLE public.visit_teams TO portal_staff;

GRANT UPDATE(disbanded_at) ON TABLE public.visit_teams TO portal_staff;

GRANT SELECT ON TABLE public.visits TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.visits TO portal_staff;

GRANT UPDATE(confirmed_at) ON TABLE public.visits TO portal_staff;

GRANT UPDATE(state) ON TABLE public.visits TO portal_staff;

GRANT UPDATE(version) ON TABLE public.visits TO portal_staff;

GRANT SELECT ON TABLE public.withdrawn_checks TO portal_inspector;
GRANT SELECT,INSERT ON TABLE public.withdrawn_checks TO portal_staff;

ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner REVOKE ALL ON FUNCTIONS  FROM PUBLIC;
