-- What is owed first on a case: the campaign's day, or that of a clock of the law. By it a case is overdue, on every desk
-- and in the list.
ALTER TABLE cases ADD COLUMN owed_on date NOT NULL GENERATED ALWAYS AS (LEAST(due_on, next_due_on)) STORED;
CREATE INDEX cases_owed_idx ON cases (owed_on, id);
CREATE INDEX cases_state_owed_idx ON cases (state, owed_on, id);
-- They served what these do.
DROP INDEX cases_due_on_idx, cases_state_due_idx;
