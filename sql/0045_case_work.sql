-- Cases are worked: the way each goes, what its steps said, and the two people of what is proposed.

ALTER DOMAIN exit_nature DROP CONSTRAINT exit_nature_list;
ALTER DOMAIN exit_nature ADD CONSTRAINT exit_nature_list
  CHECK (VALUE IN (
    'purchased_home', 'over_limit', 'sublet', 'lent', 'vacant', 'arrears', 'deceit', 'other'));

ALTER TABLE cases
  DROP CONSTRAINT cases_state_check,
  ADD CONSTRAINT cases_state_check CHECK (state IN (
    'suspected', 'unfounded', 'withdrawn', 'verified', 'noticed', 'decided', 'moving', 'corrected',
    'refused', 'demanded', 'court', 'lawsuit', 'market_rent', 'suspended', 'agreed', 'vacated',
    'closed')),
  -- Which legal way it goes; said when it is verified.
  ADD COLUMN route text CONSTRAINT cases_route_check
    CHECK (route IN ('administrative', 'civil', 'agreement')),
  -- What it was opened from.
  ADD COLUMN source text NOT NULL DEFAULT 'finding' CONSTRAINT cases_source_check CHECK (source IN (
    'finding', 'complaint', 'declaration', 'visit', 'spot_check', 'hand')),
  -- Who works it.
  ADD COLUMN assigned_to bigint REFERENCES accounts,
  -- 整改措施和进度, 计划完成时间: the annex asks for them.
  ADD COLUMN measures text CHECK (char_length(measures) <= 300),
  ADD COLUMN planned_on date,
  -- When the home was handed back.
  ADD COLUMN vacated_on date,
  -- The earliest of the days by which something is owed, and which clock says so, as of the last step.
  ADD COLUMN next_due_on date,
  ADD COLUMN next_clock text,
  -- The local rule or clause of the contract that it cites.
  ADD COLUMN local_rule text CHECK (char_length(local_rule) <= 200),
  -- Only that it is so; why stands sealed in the history.
  ADD COLUMN in_hardship boolean NOT NULL DEFAULT false;

UPDATE cases SET next_due_on = due_on, next_clock = 'campaign'
WHERE state NOT IN ('corrected', 'vacated', 'closed', 'unfounded');
UPDATE cases SET vacated_on = cleared_on
WHERE state = 'vacated' OR state = 'closed' AND EXISTS (
  SELECT FROM case_events e WHERE e.case_id = cases.id AND e.to_state = 'vacated');
CREATE INDEX cases_vacated_idx ON cases (vacated_on, id) WHERE vacated_on IS NOT NULL;
CREATE INDEX cases_next_due_idx ON cases (next_due_on, id) WHERE next_due_on IS NOT NULL;

-- What stood in the list before ways were chosen goes the way of its ground.
UPDATE cases SET route = CASE
  WHEN nature IN ('purchased_home', 'over_limit', 'arrears') THEN 'civil' ELSE 'administrative' END
WHERE state NOT IN ('suspected', 'unfounded');

ALTER TABLE case_events
  ADD COLUMN account_id bigint REFERENCES accounts,
  -- What the step said: days, numbers of documents, facts. Names of nobody.
  ADD COLUMN details jsonb NOT NULL DEFAULT '{}',
  -- What somebody said and how they live.
  ADD COLUMN personal_sealed bytea;

-- A finding of a case that was taken back is open again and may become part of another.
ALTER TABLE case_findings ADD COLUMN released_at timestamptz;
DROP INDEX case_findings_finding_key;
CREATE UNIQUE INDEX case_findings_finding_key ON case_findings (finding_id)
  WHERE released_at IS NULL;
GRANT UPDATE (released_at) ON case_findings TO portal_staff;

-- ---------------------------------------------------------------- two people

-- A step that somebody proposes and another takes. Nobody is both, and a written decision has been read by a third
-- where the county says so.
CREATE TABLE case_proposals (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  area area_code NOT NULL REFERENCES areas,
  case_id bigint NOT NULL REFERENCES cases,
  -- Of the case once it was proposed: what came later changed it.
  case_version integer NOT NULL,
  action text NOT NULL,
  from_state text NOT NULL,
  to_state text NOT NULL,
  details jsonb NOT NULL,
  personal_sealed bytea,
  proposed_by bigint NOT NULL REFERENCES accounts,
  proposed_by_name text NOT NULL,
  proposed_at timestamptz NOT NULL,
  needs_review boolean NOT NULL,
  reviewed_by bigint REFERENCES accounts,
  reviewed_by_name text,
  reviewed_at timestamptz,
  review_note text CHECK (char_length(review_note) BETWEEN 2 AND 1000),
  outcome text CONSTRAINT case_proposals_outcome_check
    CHECK (outcome IN ('approved', 'declined', 'withdrawn')),
  decided_by bigint REFERENCES accounts,
  decided_by_name text,
  decided_at timestamptz,
  -- Of the case as it was decided on.
  decided_version integer,
  reason text CHECK (char_length(reason) BETWEEN 2 AND 1000),
  CONSTRAINT case_proposals_decided_check CHECK (
    num_nulls(outcome, decided_by, decided_by_name, decided_at, decided_version) IN (0, 5)),
  CONSTRAINT case_proposals_reviewed_check CHECK (
    num_nulls(reviewed_by, reviewed_by_name, reviewed_at, review_note) IN (0, 4)),
  CONSTRAINT case_proposals_second_person_check CHECK (
    outcome IS DISTINCT FROM 'approved' OR decided_by <> proposed_by),
  CONSTRAINT case_proposals_third_person_check CHECK (
    reviewed_by <> proposed_by
    AND (outcome IS DISTINCT FROM 'approved' OR reviewed_by <> decided_by)),
  CONSTRAINT case_proposals_review_check CHECK (
    outcome IS DISTINCT FROM 'approved' OR NOT needs_review OR reviewed_by IS NOT NULL)
);
CREATE UNIQUE INDEX case_proposals_open_key ON case_proposals (case_id) WHERE outcome IS NULL;
CREATE INDEX case_proposals_case_idx ON case_proposals (case_id, id);
CREATE INDEX case_proposals_area_idx ON case_proposals (area, id) WHERE outcome IS NULL;
SELECT protect_by_area('case_proposals');
-- Nobody proposes, reviews or decides in another's name, and what is decided stays so.
CREATE POLICY staff_proposes ON case_proposals AS RESTRICTIVE FOR INSERT TO portal_staff
  WITH CHECK (outcome IS NULL AND reviewed_by IS NULL
    AND proposed_by = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint));
CREATE POLICY staff_decides ON case_proposals AS RESTRICTIVE FOR UPDATE TO portal_staff
  USING (outcome IS NULL)
  WITH CHECK (
    (outcome IS NULL
      AND reviewed_by = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint))
    OR decided_by = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint));
GRANT SELECT, INSERT ON case_proposals TO portal_staff;
GRANT UPDATE (reviewed_by, reviewed_by_name, reviewed_at, review_note, outcome, decided_by,
  decided_by_name, decided_at, decided_version, reason) ON case_proposals TO portal_staff;

-- As `CaseWorkflow` has it; a test holds the two together.
CREATE FUNCTION case_needs_two(before text, after text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT after IN ('unfounded', 'withdrawn', 'closed') AND before <> after
    OR (before, after) IN (('suspected', 'verified'), ('noticed', 'decided'),
      ('decided', 'verified'), ('moving', 'verified'), ('refused', 'verified'),
      ('demanded', 'verified'))
$$;
GRANT EXECUTE ON FUNCTION case_needs_two(text, text) TO portal_staff;

-- Whoever holds the login of the pages cannot take such a step alone either.
CREATE FUNCTION hold_case_steps() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER cases_two_people BEFORE UPDATE OF state ON cases FOR EACH ROW
  WHEN (case_needs_two(OLD.state, NEW.state))
  EXECUTE FUNCTION hold_case_steps();

-- ---------------------------------------------------------------- grounds

-- What follows from a ground in a county: its way, its articles, the rule that it rests on beside them. Confirmed by
-- the county's legal office; the last one holds, and every one before stays.
CREATE TABLE exit_grounds (
  area area_code NOT NULL REFERENCES areas,
  nature exit_nature NOT NULL,
  sequence integer NOT NULL CHECK (sequence > 0),
  route text NOT NULL CONSTRAINT exit_grounds_route_check
    CHECK (route IN ('administrative', 'civil', 'agreement')),
  articles text NOT NULL CHECK (char_length(articles) <= 200),
  local_rule text NOT NULL CHECK (char_length(local_rule) <= 200),
  set_by bigint NOT NULL REFERENCES accounts,
  set_by_name text NOT NULL,
  set_at timestamptz NOT NULL,
  CONSTRAINT exit_grounds_key PRIMARY KEY (area, nature, sequence)
);
SELECT protect_by_area('exit_grounds');
SELECT show_to_lower_areas('exit_grounds');
GRANT SELECT, INSERT ON exit_grounds TO portal_staff;
CREATE TRIGGER exit_grounds_append_only BEFORE UPDATE OR DELETE ON exit_grounds
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- How a county handles its cases; the last row holds.
CREATE TABLE case_settings (
  area area_code NOT NULL REFERENCES areas,
  sequence integer NOT NULL CHECK (sequence > 0),
  -- Whether a written decision is read by a third person before it is approved.
  needs_legal_review boolean NOT NULL,
  set_by bigint NOT NULL REFERENCES accounts,
  set_by_name text NOT NULL,
  set_at timestamptz NOT NULL,
  CONSTRAINT case_settings_key PRIMARY KEY (area, sequence)
);
SELECT protect_by_area('case_settings');
SELECT show_to_lower_areas('case_settings');
GRANT SELECT, INSERT ON case_settings TO portal_staff;
CREATE TRIGGER case_settings_append_only BEFORE UPDATE OR DELETE ON case_settings
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
