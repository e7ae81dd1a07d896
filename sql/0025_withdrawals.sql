-- A wrong delivery is withdrawn: two people say so, its answers leave force, those before them return, and
-- what it said stays in the history. That somebody looked at a person's affairs is an event like another.

-- ---------------------------------------------------------------- withdrawing a delivery

ALTER TABLE deliveries
  DROP CONSTRAINT deliveries_state_check,
  ADD CONSTRAINT deliveries_state_check CHECK (state IN (
    'matching', 'matched', 'committing', 'done', 'withdrawn', 'failed', 'cancelled'));
-- What a withdrawn delivery said is evidence as well.
DROP POLICY staff_delete_unconfirmed ON check_records;
CREATE POLICY staff_delete_unconfirmed ON check_records AS RESTRICTIVE FOR DELETE TO portal_staff
  USING (EXISTS (SELECT FROM deliveries d
    WHERE d.id = delivery_id AND d.state NOT IN ('done', 'withdrawn')));

-- Who asks for it and why, and who has decided. One of the two who withdraw is the lead of the housing
-- bureau, and nobody is both.
CREATE TABLE delivery_withdrawals (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  area area_code NOT NULL REFERENCES areas,
  delivery_id bigint NOT NULL REFERENCES deliveries,
  reason text NOT NULL CHECK (char_length(reason) BETWEEN 2 AND 500),
  proposed_by bigint NOT NULL REFERENCES accounts,
  proposed_by_name text NOT NULL,
  proposed_role text NOT NULL,
  proposed_at timestamptz NOT NULL,
  outcome text CONSTRAINT delivery_withdrawals_outcome_check
    CHECK (outcome IN ('approved', 'declined')),
  decided_by bigint REFERENCES accounts,
  decided_by_name text,
  decided_role text,
  decided_at timestamptz,
  note text CHECK (char_length(note) <= 500),
  CONSTRAINT delivery_withdrawals_decided_check
    CHECK (num_nulls(outcome, decided_by, decided_by_name, decided_role, decided_at) IN (0, 5)),
  CONSTRAINT delivery_withdrawals_second_person_check CHECK (outcome IS DISTINCT FROM 'approved'
    OR (decided_by <> proposed_by AND 'housing_lead' IN (proposed_role, decided_role)))
);
CREATE UNIQUE INDEX delivery_withdrawals_open_key ON delivery_withdrawals (delivery_id)
  WHERE outcome IS NULL;
CREATE UNIQUE INDEX delivery_withdrawals_approved_key ON delivery_withdrawals (delivery_id)
  WHERE outcome = 'approved';
SELECT protect_by_area('delivery_withdrawals');
SELECT show_to_lower_areas('delivery_withdrawals');
-- Nobody asks or decides in another's name, and what is decided stays so.
CREATE POLICY staff_asks ON delivery_withdrawals AS RESTRICTIVE FOR INSERT TO portal_staff
  WITH CHECK (outcome IS NULL
    AND proposed_by = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint)
    AND proposed_role = (SELECT current_setting('portal.role', true)));
CREATE POLICY staff_decides ON delivery_withdrawals AS RESTRICTIVE FOR UPDATE TO portal_staff
  USING (outcome IS NULL)
  WITH CHECK (decided_by = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint)
    AND decided_role = (SELECT current_setting('portal.role', true)));
GRANT SELECT, INSERT ON delivery_withdrawals TO portal_staff;
GRANT UPDATE (outcome, decided_by, decided_by_name, decided_role, decided_at, note)
  ON delivery_withdrawals TO portal_staff;

-- Answers that were in force until their delivery was withdrawn. `checks` holds what stands.
CREATE TABLE withdrawn_checks (
  id bigint PRIMARY KEY,
  area area_code NOT NULL,
  round_id bigint,
  household_id bigint NOT NULL,
  check_type check_type NOT NULL,
  result check_result NOT NULL,
  as_of date NOT NULL,
  answered_on date NOT NULL,
  sequence integer NOT NULL,
  delivery_id bigint NOT NULL,
  reason text,
  withdrawal_id bigint NOT NULL REFERENCES delivery_withdrawals
);
CREATE INDEX withdrawn_checks_delivery_idx ON withdrawn_checks (delivery_id, household_id);
CREATE INDEX withdrawn_checks_household_idx ON withdrawn_checks (household_id);
SELECT protect_by_area('withdrawn_checks');
GRANT SELECT, INSERT ON withdrawn_checks TO portal_staff;
CREATE TRIGGER withdrawn_checks_append_only BEFORE UPDATE OR DELETE ON withdrawn_checks
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What a delivery said that was in force already is no answer of its own. It becomes one when the delivery
-- that gave the answer is withdrawn.
CREATE TABLE repeated_answers (
  delivery_id bigint NOT NULL REFERENCES deliveries,
  area area_code NOT NULL,
  household_id bigint NOT NULL,
  check_type check_type NOT NULL,
  result check_result NOT NULL,
  as_of date NOT NULL,
  answered_on date NOT NULL,
  -- The delivery whose answer was in force.
  repeats bigint NOT NULL,
  PRIMARY KEY (delivery_id, household_id)
);
CREATE INDEX repeated_answers_repeats_idx ON repeated_answers (repeats, household_id, delivery_id);
SELECT protect_by_area('repeated_answers');
GRANT SELECT, INSERT, UPDATE, DELETE ON repeated_answers TO portal_staff;

CREATE FUNCTION hold_withdrawals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'withdrawn' OR NOT EXISTS (
    SELECT FROM delivery_withdrawals w WHERE w.delivery_id = NEW.id AND w.outcome = 'approved')
  THEN
    RAISE EXCEPTION 'a delivery is withdrawn once, by two people'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER deliveries_withdrawn BEFORE UPDATE OF state ON deliveries FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND 'withdrawn' IN (OLD.state, NEW.state))
  EXECUTE FUNCTION hold_withdrawals();

-- Answers stay as they are; one leaves only into `withdrawn_checks`, whole, with its delivery.
DROP TRIGGER checks_append_only ON checks;
CREATE TRIGGER checks_append_only BEFORE UPDATE ON checks
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
GRANT DELETE ON checks TO portal_staff;

CREATE FUNCTION keep_withdrawn_answers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM removed r WHERE NOT EXISTS (
      SELECT FROM withdrawn_checks k JOIN delivery_withdrawals w ON w.id = k.withdrawal_id
      WHERE k.id = r.id AND w.delivery_id = r.delivery_id AND w.outcome = 'approved'
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
END $$;
CREATE TRIGGER checks_withdrawn AFTER DELETE ON checks
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION keep_withdrawn_answers();

-- As before, but that an answer that returns may stand before a later one, which goes on counting.
CREATE OR REPLACE FUNCTION keep_review_progress() RETURNS trigger LANGUAGE plpgsql AS $$
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
END $$;

-- ---------------------------------------------------------------- the log holds no ID number

-- The program masks what people type; this holds whatever else writes. Rows of before are not looked at.
CREATE FUNCTION names_resident_id(text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT $1 ~ ('(^|[^0-9A-Za-z])[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])'
    || '[0-9]{3}[0-9Xx]($|[^0-9A-Za-z])')
$$;
GRANT EXECUTE ON FUNCTION names_resident_id(text) TO portal_staff, portal_public, portal_inspector;
ALTER TABLE audit_events ADD CONSTRAINT audit_events_no_id_number_check CHECK (
  NOT names_resident_id(coalesce(entity_id, '') || ' ' || coalesce(before::text, '') || ' '
    || coalesce(after::text, ''))) NOT VALID;

-- ---------------------------------------------------------------- rows without an ID number

-- What somebody decided on a row without an ID number holds for the next delivery of the same bureau that
-- brings it. The row is known by a keyed hash of the bureau, the name, the day of birth and what the row is
-- about: nothing of it is kept.
CREATE TABLE match_decisions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  area area_code NOT NULL REFERENCES areas,
  row_hash bytea NOT NULL CHECK (octet_length(row_hash) = 32),
  person_id bigint NOT NULL,
  household_id bigint NOT NULL,
  decision text NOT NULL CONSTRAINT match_decisions_decision_check
    CHECK (decision IN ('accepted', 'rejected')),
  delivery_id bigint NOT NULL REFERENCES deliveries,
  decided_by bigint REFERENCES accounts,
  decided_by_name text NOT NULL,
  decided_at timestamptz NOT NULL,
  -- Taken back: the next delivery asks again.
  revoked_by_name text,
  revoked_at timestamptz,
  CHECK ((revoked_at IS NULL) = (revoked_by_name IS NULL))
);
CREATE UNIQUE INDEX match_decisions_key ON match_decisions (area, row_hash, person_id)
  WHERE revoked_at IS NULL;
SELECT protect_by_area('match_decisions');
REVOKE SELECT ON match_decisions FROM portal_inspector;
GRANT SELECT, INSERT ON match_decisions TO portal_staff;
GRANT UPDATE (revoked_by_name, revoked_at) ON match_decisions TO portal_staff;

ALTER TABLE delivery_matches
  ADD COLUMN row_hash bytea CHECK (octet_length(row_hash) = 32),
  -- The decision of before that was followed.
  ADD COLUMN followed bigint REFERENCES match_decisions;
CREATE INDEX delivery_matches_followed_idx ON delivery_matches (delivery_id)
  WHERE followed IS NOT NULL;
