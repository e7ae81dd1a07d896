-- A tenant contests what a bureau found (异议): who, when, what they say, what was decided. Until then nothing
-- follows from it; where the contest is right, the answer is set aside and those before it return.

CREATE TABLE contests (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  area area_code NOT NULL REFERENCES areas,
  household_id bigint NOT NULL REFERENCES households,
  -- The answer that is contested, which may have left force since.
  check_id bigint NOT NULL,
  check_type check_type NOT NULL,
  delivery_id bigint NOT NULL REFERENCES deliveries,
  -- The member who says it; NULL where somebody says it for them.
  person_id bigint REFERENCES persons,
  said_on date NOT NULL,
  statement_sealed bytea NOT NULL,
  recorded_by bigint NOT NULL REFERENCES accounts,
  recorded_by_name text NOT NULL,
  recorded_at timestamptz NOT NULL,
  outcome text CONSTRAINT contests_outcome_check CHECK (outcome IN ('upheld', 'set_aside')),
  reason text CHECK (char_length(reason) BETWEEN 2 AND 500),
  decided_by bigint REFERENCES accounts,
  decided_by_name text,
  decided_at timestamptz,
  CONSTRAINT contests_decided_check
    CHECK (num_nulls(outcome, reason, decided_by, decided_by_name, decided_at) IN (0, 5)),
  CONSTRAINT contests_second_person_check CHECK (decided_by <> recorded_by)
);
CREATE UNIQUE INDEX contests_open_key ON contests (household_id, check_type) WHERE outcome IS NULL;
CREATE INDEX contests_household_idx ON contests (household_id);
CREATE INDEX contests_area_idx ON contests (area, id);
SELECT protect_by_area('contests');
REVOKE SELECT ON contests FROM portal_inspector;
-- Nobody records or decides in another's name, and what is decided stays so.
CREATE POLICY staff_records ON contests AS RESTRICTIVE FOR INSERT TO portal_staff
  WITH CHECK (outcome IS NULL
    AND recorded_by = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint));
CREATE POLICY staff_decides ON contests AS RESTRICTIVE FOR UPDATE TO portal_staff
  USING (outcome IS NULL)
  WITH CHECK (decided_by = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint));
GRANT SELECT, INSERT ON contests TO portal_staff;
GRANT UPDATE (outcome, reason, decided_by, decided_by_name, decided_at) ON contests TO portal_staff;

-- While a contest is open, no finding that rests on the answer becomes part of a case.
CREATE FUNCTION hold_contested_findings() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER findings_contested BEFORE UPDATE OF state ON findings FOR EACH ROW
  WHEN (NEW.state = 'confirmed' AND OLD.state <> 'confirmed')
  EXECUTE FUNCTION hold_contested_findings();

-- An answer that is set aside leaves force as those of a withdrawn delivery do.
ALTER TABLE withdrawn_checks
  ALTER COLUMN withdrawal_id DROP NOT NULL,
  ADD COLUMN contest_id bigint REFERENCES contests,
  ADD CONSTRAINT withdrawn_checks_why_check CHECK (num_nonnulls(withdrawal_id, contest_id) = 1);

CREATE OR REPLACE FUNCTION keep_withdrawn_answers() RETURNS trigger LANGUAGE plpgsql AS $$
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
END $$;

-- ---------------------------------------------------------------- why a home stands empty

-- Why a home stands empty (R6): a reason is a code with its proof, for so many months. 《公共租赁住房管理办法》 art. 27 (五):
-- 无正当理由连续6个月以上闲置.

CREATE DOMAIN vacancy_reason AS text CONSTRAINT vacancy_reason_list
  CHECK (VALUE IN ('working_away', 'hospital', 'study', 'military', 'prison', 'other'));

CREATE TABLE vacancy_reasons (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  area area_code NOT NULL REFERENCES areas,
  household_id bigint NOT NULL REFERENCES households,
  reason vacancy_reason NOT NULL,
  from_on date NOT NULL,
  -- NULL: it goes on.
  until_on date CHECK (until_on >= from_on),
  -- What shows it, such as 务工单位证明, and where it is kept.
  proof text NOT NULL CHECK (char_length(proof) BETWEEN 2 AND 200),
  recorded_by bigint NOT NULL REFERENCES accounts,
  recorded_by_name text NOT NULL,
  recorded_at timestamptz NOT NULL,
  -- Taken back, with why: it holds no more.
  revoked_reason text CHECK (char_length(revoked_reason) BETWEEN 2 AND 500),
  revoked_by_name text,
  revoked_at timestamptz,
  CHECK (num_nulls(revoked_reason, revoked_by_name, revoked_at) IN (0, 3))
);
CREATE INDEX vacancy_reasons_household_idx ON vacancy_reasons (household_id);
SELECT protect_by_area('vacancy_reasons');
REVOKE SELECT ON vacancy_reasons FROM portal_inspector;
GRANT SELECT, INSERT ON vacancy_reasons TO portal_staff;
GRANT UPDATE (revoked_reason, revoked_by_name, revoked_at) ON vacancy_reasons TO portal_staff;
