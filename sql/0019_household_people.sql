-- A household's applicant, by name, and how many live in it, in its own row: every list that names households
-- looked them up among the people, which took a third of the database's time for a page of households.
-- Triggers keep them, but for the rows of an import, which counts for itself (as in 0016).

ALTER TABLE households
  ADD COLUMN applicant text,
  ADD COLUMN members integer NOT NULL DEFAULT 0;

-- Counts some households anew: those of their people who have not left.
CREATE FUNCTION count_household_people(ids bigint[]) RETURNS void LANGUAGE sql AS $$
  UPDATE households h SET applicant = n.applicant, members = n.members
  FROM (SELECT i.id, min(p.name) FILTER (WHERE p.relation = 'applicant') AS applicant,
          count(p.id)::integer AS members
        FROM (SELECT DISTINCT unnest(ids) AS id) i
        LEFT JOIN persons p ON p.household_id = i.id AND p.left_on IS NULL
        GROUP BY i.id) n
  WHERE h.id = n.id AND (h.applicant, h.members) IS DISTINCT FROM (n.applicant, n.members)
$$;
GRANT EXECUTE ON FUNCTION count_household_people(bigint[]) TO portal_staff;

-- As in 0016, with the lock that counting takes: two who add a person to one household at the same moment
-- count one after the other.
CREATE OR REPLACE FUNCTION require_household() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM households WHERE id = NEW.household_id AND area = NEW.area FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a person refers to a household that is not there'
      USING ERRCODE = 'foreign_key_violation', TABLE = 'persons', CONSTRAINT = 'persons_household';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION keep_household_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM count_household_people(ARRAY[OLD.household_id]); END IF;
  IF TG_OP = 'INSERT' OR TG_OP = 'UPDATE' AND NEW.household_id <> OLD.household_id THEN
    PERFORM count_household_people(ARRAY[NEW.household_id]);
  END IF;
  RETURN NULL;
END $$;
-- After the triggers that lock the household, which come first by their names.
CREATE TRIGGER persons_insert_people AFTER INSERT ON persons FOR EACH ROW
  WHEN (NEW.import_id IS NULL) EXECUTE FUNCTION keep_household_people();
CREATE TRIGGER persons_update_people AFTER UPDATE OF household_id, relation, name, left_on ON persons FOR EACH ROW
  WHEN ((OLD.household_id, OLD.relation, OLD.name, OLD.left_on)
    IS DISTINCT FROM (NEW.household_id, NEW.relation, NEW.name, NEW.left_on))
  EXECUTE FUNCTION keep_household_people();
CREATE TRIGGER persons_delete_people AFTER DELETE ON persons FOR EACH ROW
  WHEN (OLD.import_id IS NULL) EXECUTE FUNCTION keep_household_people();

UPDATE households h SET applicant = n.applicant, members = n.members
FROM (SELECT household_id, min(name) FILTER (WHERE relation = 'applicant') AS applicant, count(*) AS members
      FROM persons WHERE left_on IS NULL GROUP BY household_id) n
WHERE h.id = n.household_id;
