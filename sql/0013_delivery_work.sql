-- How a delivery is worked on between its arrival and its confirmation.

-- Settings besides those before:
--   portal.delivery_service   'on' while the portal looks for deliveries that were broken off

ALTER TABLE deliveries
  -- Households of a work list in which nothing was filled in; they stay open.
  ADD COLUMN skipped_households bigint,
  -- Answers about households outside the frame of the round, which are left out; such as differ from
  -- earlier ones without a reason of their own.
  ADD COLUMN answers_outside bigint,
  ADD COLUMN answers_unexplained bigint;
CREATE INDEX deliveries_at_work_idx ON deliveries (state) WHERE state IN ('matching', 'committing');
CREATE POLICY staff_service ON deliveries FOR SELECT TO portal_staff
  USING ((SELECT current_setting('portal.delivery_service', true)) = 'on');

-- What a delivery would answer, from the matching until it is confirmed or given up. Households that a
-- complete extract does not name are not among them: they follow from the frame.
CREATE TABLE delivery_answers (
  delivery_id bigint NOT NULL REFERENCES deliveries,
  area area_code NOT NULL,
  household_id bigint NOT NULL,
  result text NOT NULL CONSTRAINT delivery_answers_result_check
    CHECK (result IN ('clear', 'hit', 'not_found')),
  -- Where it differs from the day of the delivery.
  as_of date,
  -- Why it differs from the bureau's earlier answer, where the work list says it.
  reason text CHECK (char_length(reason) <= 500),
  PRIMARY KEY (delivery_id, household_id)
);
SELECT protect_by_area('delivery_answers');
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery_answers TO portal_staff;

-- Where they say something else than what is in force: the first thousand, as the preview showed them.
CREATE TABLE delivery_changes (
  delivery_id bigint NOT NULL REFERENCES deliveries,
  area area_code NOT NULL,
  position integer NOT NULL,
  household_id bigint NOT NULL,
  household_number text NOT NULL,
  before text NOT NULL,
  after text NOT NULL,
  before_by text NOT NULL,
  before_on date NOT NULL,
  PRIMARY KEY (delivery_id, position)
);
SELECT protect_by_area('delivery_changes');
GRANT SELECT, INSERT, DELETE ON delivery_changes TO portal_staff;

-- Candidates of a row that are still to be decided come in the order of the file.
CREATE INDEX delivery_matches_open_idx ON delivery_matches (delivery_id, line, id) WHERE state = 'open';
-- A decided row keeps who decided, and not what the row said of somebody else.
ALTER TABLE delivery_matches ALTER COLUMN values_sealed DROP NOT NULL,
  ADD CONSTRAINT delivery_matches_values_check CHECK ((values_sealed IS NOT NULL) = (state = 'open'));

-- A township sees what its county's bureaus are to deliver.
SELECT show_to_lower_areas('exchange_schedules');
