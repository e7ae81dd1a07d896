-- What was entered into the register by mistake and never used is deleted by whoever keeps it; everything else is ended,
-- and stays. What uses a row is said once, here: pages show it, and nobody deletes what is used, whatever the program
-- says. With a household its people are gone for good, from the history of the register too.
--
-- Settings besides those before:
--   portal.deletion   the one row that this transaction deletes, such as 'households:12'; its people go with a household

-- ---------------------------------------------------------------- what uses a row

-- By kind, with how many. A lease is used by what happened to its household while it ran; that the portal found one
-- person in two households is no use of either.
CREATE FUNCTION register_uses(entity text, target bigint) RETURNS TABLE (kind text, uses bigint)
LANGUAGE sql STABLE AS $$
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
REVOKE ALL ON FUNCTION register_uses(text, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION register_uses(text, bigint) TO portal_staff;

-- Whom the counter asked about, by household.
CREATE INDEX counter_checks_household_idx ON counter_checks (household_id) WHERE household_id IS NOT NULL;

-- ---------------------------------------------------------------- the last guard

-- Not every table that names a household refers to it by a foreign key: those that grow by the million do not.
CREATE FUNCTION refuse_used_row() RETURNS trigger LANGUAGE plpgsql AS $$
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
REVOKE ALL ON FUNCTION refuse_used_row() FROM PUBLIC;

DO $$
DECLARE one text;
BEGIN
  FOREACH one IN ARRAY ARRAY['estates', 'homes', 'households', 'persons', 'leases'] LOOP
    -- An import that is taken back looks at all that it added at once.
    EXECUTE format(
      'CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW '
      'WHEN (NULLIF(current_setting(''portal.deletion'', true), '''') IS NOT NULL) '
      'EXECUTE FUNCTION refuse_used_row()', one || '_unused', one);
    EXECUTE format('DROP POLICY staff_undo_only ON %I', one);
    EXECUTE format(
      'CREATE POLICY staff_delete_own ON %I AS RESTRICTIVE FOR DELETE TO portal_staff USING ('
      'import_id = (SELECT NULLIF(current_setting(''portal.undo_import'', true), '''')::bigint) '
      'OR %L || %I = (SELECT current_setting(''portal.deletion'', true)))', one,
      CASE one WHEN 'persons' THEN 'households:' ELSE one || ':' END,
      CASE one WHEN 'persons' THEN 'household_id' ELSE 'id' END);
  END LOOP;
END $$;

-- ---------------------------------------------------------------- what stays, and what does not

-- A lease that was deleted stands in the history of its household as such.
CREATE FUNCTION record_register_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
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
REVOKE ALL ON FUNCTION record_register_deletion() FROM PUBLIC;
CREATE TRIGGER leases_deleted AFTER DELETE ON leases FOR EACH ROW
  WHEN (NULLIF(current_setting('portal.deletion', true), '') IS NOT NULL)
  EXECUTE FUNCTION record_register_deletion();

-- Names, numbers and phones of people who are not in the register any more are in none of its rows: the history of a
-- household and of its people goes with them. Who deleted what stands in the audit log, without them.
CREATE FUNCTION forget_deleted() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM register_changes c USING gone g WHERE c.entity = TG_TABLE_NAME AND c.entity_id = g.id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION forget_deleted() FROM PUBLIC;
CREATE TRIGGER persons_forgotten AFTER DELETE ON persons REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION forget_deleted();
CREATE TRIGGER households_forgotten AFTER DELETE ON households REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION forget_deleted();

GRANT SELECT, DELETE ON register_changes TO portal_keeper;
CREATE POLICY keeper ON register_changes TO portal_keeper USING (true);
DROP TRIGGER register_changes_append_only ON register_changes;
CREATE TRIGGER register_changes_append_only BEFORE UPDATE OR DELETE ON register_changes FOR EACH ROW
  WHEN (CURRENT_USER <> 'portal_keeper') EXECUTE FUNCTION refuse_change();

GRANT CREATE ON SCHEMA public TO portal_keeper;
ALTER FUNCTION forget_deleted() OWNER TO portal_keeper;
REVOKE CREATE ON SCHEMA public FROM portal_keeper;
