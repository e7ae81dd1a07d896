-- The register as a place of work: where a household lives now, who left it, what was changed by whom,
-- how a name is found, and the doubts that the register itself raises.

-- Settings besides those of 0001, made by the transaction that changes the register:
--   portal.change        {"action": …, "reason": …, "by": display name} for the history
--   portal.undo_import   id of the import whose rows may be deleted, because it is taken back

-- ---------------------------------------------------------------- the tables

ALTER TABLE estates
  ADD COLUMN import_id bigint,
  ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();

ALTER TABLE homes
  ADD COLUMN place text COLLATE "C" GENERATED ALWAYS AS (building || unit || room) STORED,
  ADD COLUMN import_id bigint,
  ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX homes_area_idx ON homes (area, id);
CREATE INDEX homes_place_idx ON homes (estate_id, place);

ALTER TABLE households
  -- The estate of its running lease; NULL without one. Kept by a trigger on leases.
  ADD COLUMN estate_id bigint REFERENCES estates,
  -- The household that took this one's people over.
  ADD COLUMN merged_into bigint REFERENCES households,
  ADD COLUMN import_id bigint,
  ADD COLUMN created_at timestamptz NOT NULL DEFAULT now(),
  ADD CONSTRAINT households_merged_check CHECK (merged_into <> id);
CREATE INDEX households_estate_id_idx ON households (estate_id, area, id);
-- Numbers given here have a hyphen, so that they never meet those that a county brings along.
CREATE SEQUENCE household_numbers;
GRANT USAGE ON SEQUENCE household_numbers TO portal_staff;

ALTER TABLE persons
  ADD COLUMN left_on date,
  ADD COLUMN left_reason text CONSTRAINT persons_left_reason_check CHECK (left_reason IN (
    'died', 'married_out', 'moved_out', 'split', 'merged', 'other')),
  ADD COLUMN import_id bigint,
  ADD COLUMN created_at timestamptz NOT NULL DEFAULT now(),
  ADD CONSTRAINT persons_left_check CHECK ((left_on IS NULL) = (left_reason IS NULL)),
  DROP CONSTRAINT persons_area_fkey,
  DROP CONSTRAINT persons_household_id_fkey;
-- Nobody stands in a household twice; who comes back is the same row again.
CREATE UNIQUE INDEX persons_household_id_number_key ON persons (household_id, id_number_index);
DROP INDEX persons_household_id_idx;
CREATE INDEX persons_phone_index_idx ON persons USING hash (phone_index);

ALTER TABLE leases
  ADD COLUMN ended_reason text CHECK (char_length(ended_reason) <= 500),
  ADD COLUMN import_id bigint,
  ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX leases_area_idx ON leases (area, id);
CREATE INDEX leases_home_id_idx ON leases (home_id);

-- ---------------------------------------------------------------- a person's household

-- A person stands in a household that is there, and in its area; a household that moves to another
-- township takes its people along. A foreign key says this row by row, which costs an import more than
-- storing the rows; here it is said once a statement. Rows that refer to a household of another
-- transaction hold it with the lock that a foreign key would take, so that nobody deletes it or moves
-- it meanwhile. Whoever may write the person sees the household: both have the same area.
CREATE FUNCTION require_household() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  missing bigint;
  others bigint;
BEGIN
  -- Planned anew each time: one row wants another plan than a million.
  EXECUTE 'SELECT count(*) FILTER (WHERE h.id IS NULL), '
    'count(*) FILTER (WHERE h.xmin <> pg_current_xact_id()::xid) '
    'FROM (SELECT DISTINCT household_id, area FROM changed) c '
    'LEFT JOIN households h ON h.id = c.household_id AND h.area = c.area' INTO missing, others;
  IF others > 0 THEN
    EXECUTE 'SELECT (SELECT count(*) FROM (SELECT DISTINCT household_id FROM changed) c) - count(*) FROM '
      '(SELECT FROM households h WHERE EXISTS (SELECT FROM changed c '
      'WHERE c.household_id = h.id AND c.area = h.area) FOR KEY SHARE) held' INTO missing;
  END IF;
  IF missing > 0 THEN
    RAISE EXCEPTION 'a person refers to a household that is not there'
      USING ERRCODE = 'foreign_key_violation', TABLE = 'persons', CONSTRAINT = 'persons_household';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER persons_insert_household AFTER INSERT ON persons
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION require_household();
CREATE TRIGGER persons_update_household AFTER UPDATE ON persons
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION require_household();

CREATE FUNCTION keep_persons_with_household() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.id = OLD.id THEN
    UPDATE persons SET area = NEW.area WHERE household_id = NEW.id AND area <> NEW.area;
  ELSIF EXISTS (SELECT FROM persons WHERE household_id = OLD.id) THEN
    RAISE EXCEPTION 'persons still refer to this household'
      USING ERRCODE = 'foreign_key_violation', TABLE = 'persons', CONSTRAINT = 'persons_household';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER households_keep_persons AFTER DELETE OR UPDATE OF id, area ON households
  FOR EACH ROW EXECUTE FUNCTION keep_persons_with_household();

-- ---------------------------------------------------------------- where a household lives

CREATE FUNCTION keep_household_estate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE households h SET estate_id = now_there.estate_id
  FROM (SELECT c.household_id, max(m.estate_id) AS estate_id
        FROM (SELECT DISTINCT household_id FROM changed) c
        LEFT JOIN leases l ON l.household_id = c.household_id AND l.state = 'running'
        LEFT JOIN homes m ON m.id = l.home_id
        GROUP BY c.household_id) now_there
  WHERE h.id = now_there.household_id AND h.estate_id IS DISTINCT FROM now_there.estate_id;
  RETURN NULL;
END $$;
CREATE TRIGGER leases_insert_estate AFTER INSERT ON leases
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_household_estate();
CREATE TRIGGER leases_update_estate AFTER UPDATE ON leases
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_household_estate();
CREATE TRIGGER leases_delete_estate AFTER DELETE ON leases
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_household_estate();
UPDATE households h SET estate_id = m.estate_id
FROM leases l JOIN homes m ON m.id = l.home_id
WHERE l.household_id = h.id AND l.state = 'running';

-- ---------------------------------------------------------------- history

-- Who changed what, from what, to what. Rows are written by a trigger, so that no way of changing
-- the register can forget them. What an import added is told by the rows' own import_id.
CREATE TABLE register_changes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  area area_code NOT NULL,
  entity text NOT NULL CHECK (entity IN ('estates', 'homes', 'households', 'persons', 'leases')),
  entity_id bigint NOT NULL,
  household_id bigint,
  -- What was changed together has the same number.
  operation bigint NOT NULL,
  at timestamptz NOT NULL,
  account_id bigint REFERENCES accounts,
  account_name text NOT NULL,
  action text NOT NULL,
  reason text,
  import_id bigint,
  -- The whole row; sealed fields stay sealed.
  before jsonb,
  after jsonb
);
CREATE INDEX register_changes_entity_idx ON register_changes (entity, entity_id, id);
CREATE INDEX register_changes_household_id_idx ON register_changes (household_id, id);
CREATE INDEX register_changes_import_id_idx ON register_changes (import_id) WHERE import_id IS NOT NULL;
SELECT protect_by_area('register_changes');
GRANT SELECT, INSERT ON register_changes TO portal_staff;
REVOKE SELECT ON register_changes FROM portal_inspector;
CREATE TRIGGER register_changes_append_only BEFORE UPDATE OR DELETE ON register_changes
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION record_register_change() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE FUNCTION keep_history(target regclass, columns text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format(
    'CREATE TRIGGER %I AFTER UPDATE OF %s ON %s FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) '
    'EXECUTE FUNCTION record_register_change()', target || '_changed', columns, target);
  EXECUTE format(
    'CREATE TRIGGER %I AFTER INSERT ON %s FOR EACH ROW '
    'WHEN (NEW.import_id IS NULL AND current_user = ''portal_staff'') '
    'EXECUTE FUNCTION record_register_change()', target || '_created', target);
END $$;
SELECT keep_history('estates', 'area, name, address, ownership');
SELECT keep_history('homes', 'area, estate_id, building, unit, room, floor_area, state');
SELECT keep_history('households', 'area, number, category, merged_into');
SELECT keep_history('persons', 'household_id, relation, name, id_number_index, phone_index, '
  'marital_status, registered_at, left_on, left_reason');
SELECT keep_history('leases', 'home_id, household_id, contract_number, contract_version, starts_on, '
  'ends_on, monthly_rent, deposit, state, ended_on, ended_reason');

-- Rows are deleted only where an import is taken back, and only those that it added.
CREATE FUNCTION allow_undo(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format(
    'CREATE POLICY staff_undo_only ON %s AS RESTRICTIVE FOR DELETE TO portal_staff '
    'USING (import_id = (SELECT NULLIF(current_setting(''portal.undo_import'', true), '''')::bigint))',
    target);
  EXECUTE format('GRANT DELETE ON %s TO portal_staff', target);
END $$;
SELECT allow_undo('estates');
SELECT allow_undo('homes');
SELECT allow_undo('households');
SELECT allow_undo('persons');
SELECT allow_undo('leases');

-- ---------------------------------------------------------------- finding a name

-- LIKE is not leakproof, so under row-level security no index serves it. A name is found through its
-- pieces of one, two and three characters, by equality, in the order of the list.
CREATE FUNCTION name_grams(name text) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT DISTINCT substr(name, place, size)
  FROM generate_series(1, char_length(name)) place, generate_series(1, 3) size
  WHERE place + size - 1 <= char_length(name)
$$;
GRANT EXECUTE ON FUNCTION name_grams(text) TO portal_staff;

CREATE TABLE person_name_grams (
  gram text COLLATE "C" NOT NULL,
  area area_code NOT NULL,
  household_id bigint NOT NULL,
  person_id bigint NOT NULL
);
CREATE UNIQUE INDEX person_name_grams_key ON person_name_grams (gram, area, household_id, person_id);
SELECT protect_by_area('person_name_grams');
GRANT SELECT, INSERT, DELETE ON person_name_grams TO portal_staff;
REVOKE SELECT ON person_name_grams FROM portal_inspector;

CREATE FUNCTION keep_name_grams() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER persons_insert_grams AFTER INSERT ON persons FOR EACH ROW
  WHEN (NEW.import_id IS NULL AND current_user = 'portal_staff') EXECUTE FUNCTION keep_name_grams();
CREATE TRIGGER persons_update_grams AFTER UPDATE OF name, area, household_id ON persons FOR EACH ROW
  EXECUTE FUNCTION keep_name_grams();
CREATE TRIGGER persons_delete_grams AFTER DELETE ON persons FOR EACH ROW
  EXECUTE FUNCTION keep_name_grams();
INSERT INTO person_name_grams
SELECT gram, p.area, p.household_id, p.id FROM persons p, name_grams(p.name) gram;

-- People whom a large import has just added: their names are taken into the pieces in the background,
-- and until then a search reads these ranges themselves.
CREATE TABLE name_backlog (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  area area_code NOT NULL,
  first_person bigint NOT NULL,
  last_person bigint NOT NULL,
  CHECK (first_person <= last_person)
);
SELECT protect_by_area('name_backlog');
GRANT SELECT, INSERT, UPDATE, DELETE ON name_backlog TO portal_staff;

-- ---------------------------------------------------------------- findings

-- Doubts (疑点): a claim against a household with what it rests on. The register raises the first kind
-- itself: a person in two households (R8).
CREATE TABLE findings (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  area area_code NOT NULL REFERENCES areas,
  household_id bigint NOT NULL REFERENCES households,
  rule text NOT NULL CONSTRAINT findings_rule_check
    CHECK (rule IN ('R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8')),
  -- Tells the same claim made again from another.
  subject text NOT NULL,
  state text NOT NULL DEFAULT 'open' CONSTRAINT findings_state_check
    CHECK (state IN ('open', 'dismissed', 'confirmed')),
  found_at timestamptz NOT NULL DEFAULT now(),
  evidence jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT findings_subject_key UNIQUE (household_id, rule, subject)
);
CREATE INDEX findings_area_idx ON findings (area, state, id);
SELECT protect_by_area('findings');
GRANT SELECT, INSERT, UPDATE, DELETE ON findings TO portal_staff;
REVOKE SELECT ON findings FROM portal_inspector;

-- The household page gathers its cases.
CREATE INDEX cases_household_id_idx ON cases (household_id);
