-- Lists of cases: somebody's own, by state and due day, and those behind a row of the annex.

CREATE INDEX cases_assigned_to_idx ON cases (assigned_to, id) WHERE assigned_to IS NOT NULL;
CREATE INDEX cases_state_due_idx ON cases (state, due_on, id);
CREATE INDEX cases_estate_nature_idx ON cases (estate_id, nature, id);
-- The one before it serves the same with one column less.
DROP INDEX cases_estate_id_idx;
