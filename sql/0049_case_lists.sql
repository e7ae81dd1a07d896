-- Lists of cases: somebody's own, by state and due day, and those that the annex counts.

CREATE INDEX cases_assigned_to_idx ON cases (assigned_to, id) WHERE assigned_to IS NOT NULL;
CREATE INDEX cases_state_due_idx ON cases (state, due_on, id);
-- The annex counts in the order of this index, and reads nothing else: to read and sort the rows takes three times as long.
CREATE INDEX cases_annex_idx ON cases (estate_id, nature, state) INCLUDE (campaign_id, area, planned_on);
-- It serves what this one did.
DROP INDEX cases_estate_id_idx;
