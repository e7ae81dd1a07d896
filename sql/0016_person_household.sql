-- That a person stands in a household that is there, and in its area, said row by row again, but not for the
-- rows of an import. The statement trigger of 0006 kept a second copy of every row that a statement wrote: a
-- quarter of the time in which an import stores its people. An import takes household and area of each person
-- from the household's own row, in the statement that inserts the person, so it has nothing left to ask.
-- The lock also stands against a household that moves to another area at the same moment.

DROP TRIGGER persons_insert_household ON persons;
DROP TRIGGER persons_update_household ON persons;
DROP FUNCTION require_household();

CREATE FUNCTION require_household() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM households WHERE id = NEW.household_id AND area = NEW.area FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a person refers to a household that is not there'
      USING ERRCODE = 'foreign_key_violation', TABLE = 'persons', CONSTRAINT = 'persons_household';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER persons_insert_household AFTER INSERT ON persons FOR EACH ROW
  WHEN (NEW.import_id IS NULL) EXECUTE FUNCTION require_household();
CREATE TRIGGER persons_update_household AFTER UPDATE OF household_id, area ON persons FOR EACH ROW
  WHEN ((OLD.household_id, OLD.area) IS DISTINCT FROM (NEW.household_id, NEW.area))
  EXECUTE FUNCTION require_household();
