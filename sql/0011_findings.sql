-- From evidence to doubts (疑点): the lines of a county, runs of the rules, findings with their history,
-- and the case that a confirmed finding becomes part of.

-- Settings besides those of 0001:
--   portal.rule_service   'on' while the portal looks for runs that wait or were broken off

-- ---------------------------------------------------------------- thresholds

-- The lines of a county and year, each with the document that sets it. Never overwritten: the highest
-- sequence is in force.
CREATE TABLE thresholds (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  area area_code NOT NULL REFERENCES areas,
  year integer NOT NULL CHECK (year BETWEEN 2000 AND 2100),
  kind text NOT NULL CONSTRAINT thresholds_kind_check CHECK (kind IN (
    'income_per_head', 'household_assets', 'vehicle_value', 'electricity', 'water', 'empty_months',
    'arrears_months')),
  amount numeric(14, 2) NOT NULL CHECK (amount >= 0),
  document text NOT NULL CHECK (char_length(document) BETWEEN 2 AND 200),
  sequence integer NOT NULL DEFAULT 1 CHECK (sequence > 0),
  set_by bigint REFERENCES accounts,
  set_by_name text NOT NULL,
  set_at timestamptz NOT NULL,
  -- Of two who set the same line at once one meets this key.
  CONSTRAINT thresholds_key UNIQUE (area, year, kind, sequence)
);
SELECT protect_by_area('thresholds');
SELECT show_to_lower_areas('thresholds');
GRANT SELECT, INSERT ON thresholds TO portal_staff;
CREATE TRIGGER thresholds_append_only BEFORE UPDATE OR DELETE ON thresholds
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- ---------------------------------------------------------------- runs

CREATE TABLE rule_runs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  area area_code NOT NULL REFERENCES areas,
  -- What it is about: the frame of a round, what a delivery says, or else the whole area.
  round_id bigint REFERENCES review_rounds,
  delivery_id bigint REFERENCES deliveries,
  -- The year for which lines are looked for; the latest one up to it that has some is used.
  year integer NOT NULL,
  at timestamptz NOT NULL,
  account_id bigint NOT NULL REFERENCES accounts,
  account_name text NOT NULL,
  state text NOT NULL CONSTRAINT rule_runs_state_check
    CHECK (state IN ('waiting', 'running', 'done', 'failed')),
  -- The run of the program that works on it. One that is not heard of for a while is taken to be dead.
  worker text,
  heard_at timestamptz,
  households bigint NOT NULL DEFAULT 0,
  households_expected bigint,
  found bigint NOT NULL DEFAULT 0,
  changed bigint NOT NULL DEFAULT 0,
  reopened bigint NOT NULL DEFAULT 0,
  lapsed bigint NOT NULL DEFAULT 0,
  unchanged bigint NOT NULL DEFAULT 0,
  -- The lines that it used: county, year, kind, amount and document of each.
  lines jsonb,
  message text,
  finished_at timestamptz,
  CHECK (round_id IS NULL OR delivery_id IS NULL),
  CHECK ((worker IS NOT NULL) = (state = 'running'))
);
CREATE INDEX rule_runs_area_idx ON rule_runs (area, id);
CREATE INDEX rule_runs_at_work_idx ON rule_runs (state) WHERE state IN ('waiting', 'running');
SELECT protect_by_area('rule_runs');
CREATE POLICY staff_service ON rule_runs FOR SELECT TO portal_staff
  USING ((SELECT current_setting('portal.rule_service', true)) = 'on');
GRANT SELECT, INSERT, UPDATE ON rule_runs TO portal_staff;

-- A run after a delivery is about the households that it answered. Answers of a delivery stand together,
-- so that this index costs next to nothing.
CREATE INDEX checks_delivery_id_idx ON checks USING brin (delivery_id)
  WITH (pages_per_range = 32, autosummarize = on);

-- ---------------------------------------------------------------- findings

ALTER TABLE findings
  DROP CONSTRAINT findings_state_check,
  -- 'lapsed': its evidence no longer says so.
  ADD CONSTRAINT findings_state_check CHECK (state IN ('open', 'dismissed', 'confirmed', 'lapsed')),
  -- The run that found it, or found it changed.
  ADD COLUMN run_id bigint REFERENCES rule_runs,
  -- Why, in words, with the figures and the line: sealed, since incomes and homes are in it.
  ADD COLUMN explanation_sealed bytea,
  -- Keyed hash of the explanation, so that a run sees whether the evidence says something new.
  ADD COLUMN explanation_digest bytea CHECK (octet_length(explanation_digest) = 16),
  -- Who dismissed or confirmed it, and why.
  ADD COLUMN decided_by bigint REFERENCES accounts,
  ADD COLUMN decided_by_name text,
  ADD COLUMN decided_at timestamptz,
  ADD COLUMN decision_reason text CHECK (char_length(decision_reason) <= 500),
  ADD CONSTRAINT findings_decided_check
    CHECK ((decided_at IS NULL) = (decided_by_name IS NULL));
CREATE INDEX findings_state_idx ON findings (state, id);
CREATE INDEX findings_rule_idx ON findings (rule, state, id);

CREATE TABLE finding_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  area area_code NOT NULL,
  finding_id bigint NOT NULL,
  at timestamptz NOT NULL,
  account_name text NOT NULL,
  action text NOT NULL CONSTRAINT finding_events_action_check CHECK (action IN (
    'found', 'changed', 'reopened', 'lapsed', 'dismissed', 'confirmed', 'released')),
  note text CHECK (char_length(note) <= 500),
  -- What the finding said from then on.
  explanation_sealed bytea
);
CREATE INDEX finding_events_finding_id_idx ON finding_events (finding_id, id);
SELECT protect_by_area('finding_events');
GRANT SELECT, INSERT ON finding_events TO portal_staff;
REVOKE SELECT ON finding_events FROM portal_inspector;
CREATE TRIGGER finding_events_append_only BEFORE UPDATE OR DELETE ON finding_events
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What the portal itself had closed, since one person no longer stood in two households, has lapsed.
INSERT INTO finding_events (area, finding_id, at, account_name, action)
SELECT area, id, found_at, '系统', 'found' FROM findings ORDER BY id;
INSERT INTO finding_events (area, finding_id, at, account_name, action)
SELECT area, id, (evidence ->> 'resolved_on')::timestamp AT TIME ZONE 'Asia/Shanghai', '系统', 'lapsed'
FROM findings WHERE state = 'dismissed' AND evidence ? 'resolved_on' ORDER BY id;
UPDATE findings SET state = 'lapsed' WHERE state = 'dismissed' AND evidence ? 'resolved_on';

-- ---------------------------------------------------------------- cases

-- Which findings a case rests on.
CREATE TABLE case_findings (
  case_id bigint NOT NULL REFERENCES cases,
  finding_id bigint NOT NULL REFERENCES findings,
  area area_code NOT NULL,
  PRIMARY KEY (case_id, finding_id)
);
CREATE UNIQUE INDEX case_findings_finding_key ON case_findings (finding_id);
SELECT protect_by_area('case_findings');
GRANT SELECT, INSERT ON case_findings TO portal_staff;
REVOKE SELECT ON case_findings FROM portal_inspector;
-- Numbers of cases opened here.
CREATE SEQUENCE case_numbers;
GRANT USAGE ON SEQUENCE case_numbers TO portal_staff;
