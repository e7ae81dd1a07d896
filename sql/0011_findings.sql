-- From evidence to doubts (疑点): the lines of a county, runs of the rules, findings with their history,
-- and the case that a confirmed finding becomes part of.

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
  sequence integer NOT NULL DEFAULT 1,
  set_by bigint REFERENCES accounts,
  set_by_name text NOT NULL,
  set_at timestamptz NOT NULL,
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
  round_id bigint REFERENCES review_rounds,
  -- Set where a delivery of the regular exchange caused it.
  delivery_id bigint REFERENCES deliveries,
  year integer NOT NULL,
  at timestamptz NOT NULL,
  account_id bigint REFERENCES accounts,
  account_name text NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  households bigint NOT NULL DEFAULT 0,
  households_expected bigint,
  found bigint NOT NULL DEFAULT 0,
  changed bigint NOT NULL DEFAULT 0,
  lapsed bigint NOT NULL DEFAULT 0,
  unchanged bigint NOT NULL DEFAULT 0,
  message text,
  finished_at timestamptz
);
CREATE INDEX rule_runs_area_idx ON rule_runs (area, id);
SELECT protect_by_area('rule_runs');
GRANT SELECT, INSERT, UPDATE ON rule_runs TO portal_staff;

-- ---------------------------------------------------------------- findings

ALTER TABLE findings
  DROP CONSTRAINT findings_state_check,
  -- 'lapsed': its evidence no longer says so.
  ADD CONSTRAINT findings_state_check CHECK (state IN ('open', 'dismissed', 'confirmed', 'lapsed')),
  ADD COLUMN run_id bigint REFERENCES rule_runs,
  -- Why, in words, with the figures and the line: sealed, since incomes and homes are in it.
  ADD COLUMN explanation_sealed bytea,
  -- Keyed hash of the explanation, so that a run sees whether the evidence says something new.
  ADD COLUMN explanation_digest bytea CHECK (octet_length(explanation_digest) = 16),
  ADD COLUMN decided_by bigint REFERENCES accounts,
  ADD COLUMN decided_by_name text,
  ADD COLUMN decided_at timestamptz,
  ADD COLUMN decision_reason text CHECK (char_length(decision_reason) <= 500);
CREATE INDEX findings_rule_idx ON findings (area, rule, state, id);

CREATE TABLE finding_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  area area_code NOT NULL,
  finding_id bigint NOT NULL REFERENCES findings,
  at timestamptz NOT NULL,
  account_name text NOT NULL,
  action text NOT NULL CONSTRAINT finding_events_action_check CHECK (action IN (
    'found', 'changed', 'reopened', 'lapsed', 'dismissed', 'confirmed', 'released')),
  note text
);
CREATE INDEX finding_events_finding_id_idx ON finding_events (finding_id, id);
SELECT protect_by_area('finding_events');
GRANT SELECT, INSERT ON finding_events TO portal_staff;
REVOKE SELECT ON finding_events FROM portal_inspector;
CREATE TRIGGER finding_events_append_only BEFORE UPDATE OR DELETE ON finding_events
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

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
-- Numbers of cases opened here.
CREATE SEQUENCE case_numbers;
GRANT USAGE ON SEQUENCE case_numbers TO portal_staff;
