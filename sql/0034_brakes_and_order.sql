-- Reveals are counted, household numbers are a county's own, and what order tells of citizens is taken away.

-- ---------------------------------------------------------------- who looks at numbers

-- One row for each number that somebody has seen whole: who sees many is slowed down, and the lead sees who it is.
CREATE TABLE reveals (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Of whoever looks.
  area area_code NOT NULL REFERENCES areas,
  account_id bigint NOT NULL REFERENCES accounts,
  account_name text NOT NULL,
  at timestamptz NOT NULL,
  person_id bigint NOT NULL,
  household_number text NOT NULL,
  field text NOT NULL CONSTRAINT reveals_field_check CHECK (field IN ('id_number', 'phone')),
  reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 200),
  -- Of theirs within the hour before, this one among them.
  in_hour integer NOT NULL CHECK (in_hour >= 1)
);
CREATE INDEX reveals_account_idx ON reveals (account_id, at);
CREATE INDEX reveals_area_idx ON reveals (area, id);
SELECT protect_by_area('reveals');
CREATE POLICY staff_in_own_name ON reveals AS RESTRICTIVE FOR INSERT TO portal_staff WITH CHECK (
  account_id = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint));
GRANT SELECT, INSERT ON reveals TO portal_staff;
CREATE TRIGGER reveals_append_only BEFORE UPDATE OR DELETE ON reveals
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- ---------------------------------------------------------------- household numbers

-- Every county counts its own: a number tells nothing of how many households others have.
CREATE FUNCTION number_households(county text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %I', 'household_numbers_' || county);
  EXECUTE format('GRANT USAGE ON SEQUENCE %I TO portal_staff', 'household_numbers_' || county);
END $$;

CREATE FUNCTION number_new_county() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM number_households(NEW.code);
  RETURN NULL;
END $$;
CREATE TRIGGER areas_numbered AFTER INSERT ON areas
  FOR EACH ROW WHEN (length(NEW.code) = 6) EXECUTE FUNCTION number_new_county();

DO $$
DECLARE county record;
BEGIN
  FOR county IN
    SELECT a.code, coalesce((SELECT max(substr(h.number, 8)::bigint) FROM households h
      WHERE h.area ^@ a.code::text AND h.number ~ ('^' || a.code || '-[0-9]{7,12}$')), 0) AS last
    FROM areas a WHERE length(a.code) = 6
  LOOP
    PERFORM number_households(county.code);
    PERFORM setval(('household_numbers_' || county.code)::regclass, county.last + 1, false);
  END LOOP;
END $$;

-- The number of a new household in a township or its county.
CREATE FUNCTION next_household_number(area text) RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT left(area, 6) || '-' || lpad(nextval(('household_numbers_' || left(area, 6))::regclass)::text, 7, '0');
$$;
GRANT EXECUTE ON FUNCTION next_household_number(text) TO portal_staff;
DROP SEQUENCE household_numbers;

-- ---------------------------------------------------------------- the order of what citizens send

-- Photos and messages were counted up, all of a portal together: an anonymous one stood between those whose moment is
-- known. Their ids are random now; within one complaint they grow, so that what is asked for in their order comes in it.
ALTER TABLE complaint_photos ALTER id DROP IDENTITY;
ALTER TABLE complaint_messages ALTER id DROP IDENTITY;

CREATE FUNCTION number_apart() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE last bigint;
BEGIN
  EXECUTE format('SELECT max(id) FROM %I WHERE complaint_id = $1', TG_TABLE_NAME) INTO last USING NEW.complaint_id;
  NEW.id := coalesce(last, 1099511627776 + ('x' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 12))::bit(48)::bigint)
    + 1 + ('x' || substr(gen_random_uuid()::text, 1, 4))::bit(16)::bigint;
  RETURN NEW;
END $$;
CREATE POLICY keeper ON complaint_photos FOR SELECT TO portal_keeper USING (true);
CREATE POLICY keeper ON complaint_messages FOR SELECT TO portal_keeper USING (true);
GRANT SELECT (id, complaint_id) ON complaint_photos, complaint_messages TO portal_keeper;
CREATE TRIGGER complaint_photos_numbered BEFORE INSERT ON complaint_photos
  FOR EACH ROW EXECUTE FUNCTION number_apart();
CREATE TRIGGER complaint_messages_numbered BEFORE INSERT ON complaint_messages
  FOR EACH ROW EXECUTE FUNCTION number_apart();
GRANT CREATE ON SCHEMA public TO portal_keeper;
ALTER FUNCTION number_apart() OWNER TO portal_keeper;
REVOKE CREATE ON SCHEMA public FROM portal_keeper;

-- Numbers apart, the place of a row in its table and the transaction that wrote it (xmin) tell between which others it
-- came. So what citizens wrote is written once more, all of an hour or longer together and in no order, some while
-- after. What of it remains in the write-ahead log and in backups stands in the README.

CREATE TABLE report_settlings (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  hour timestamptz NOT NULL CONSTRAINT report_settlings_hour_key UNIQUE CHECK (hour = date_trunc('hour', hour)),
  -- The transaction of this one, 32 bits of it.
  xid bigint NOT NULL
);
ALTER TABLE report_settlings ENABLE ROW LEVEL SECURITY;
ALTER TABLE report_settlings FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON report_settlings TO portal_owner USING (true) WITH CHECK (true);
CREATE POLICY keeper ON report_settlings TO portal_keeper USING (true);
GRANT SELECT, INSERT, DELETE ON report_settlings TO portal_keeper;

CREATE POLICY keeper ON complaints TO portal_keeper USING (true);
CREATE POLICY keeper ON complaint_identities TO portal_keeper USING (true);
CREATE POLICY keeper_settles ON complaint_messages FOR UPDATE TO portal_keeper USING (true);
CREATE POLICY keeper_settles ON complaint_photos FOR UPDATE TO portal_keeper USING (true);
CREATE POLICY keeper ON audit_events TO portal_keeper USING (true);
GRANT SELECT, UPDATE (id) ON complaints, audit_events TO portal_keeper;
GRANT SELECT, UPDATE (complaint_id) ON complaint_identities TO portal_keeper;
GRANT SELECT, UPDATE (id) ON complaint_messages, complaint_photos TO portal_keeper;
-- Still nothing of an event changes: what is written once more is the same.
DROP TRIGGER audit_events_append_only ON audit_events;
CREATE TRIGGER audit_events_append_only BEFORE DELETE ON audit_events
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_events_unchanged BEFORE UPDATE ON audit_events
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.* OR OLD.origin <> 'citizen') EXECUTE FUNCTION refuse_change();

-- Rows that came between the last time but one and the last time: at least as old as that was long ago.
CREATE FUNCTION settle_reports() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
      ('complaint_messages', 'id', 'true'), ('complaint_photos', 'id', 'true'),
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
END $$;
GRANT EXECUTE ON FUNCTION settle_reports() TO portal_staff;
GRANT CREATE ON SCHEMA public TO portal_keeper;
ALTER FUNCTION settle_reports() OWNER TO portal_keeper;
REVOKE CREATE ON SCHEMA public FROM portal_keeper;
