-- One kind of job: what takes longer than a page waits stands here, whatever it is about, until a running program has
-- done it. Imports, deliveries and runs of the rules keep their own states; how they are worked on is the job's.

-- Settings besides those before:
--   portal.job_service   'on' while a program looks for jobs to do, claims them and says that it is alive.
-- It takes the place of portal.import_service, portal.delivery_service and portal.rule_service.

CREATE TABLE jobs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- What is to be done; the program knows the kinds, so that a new one needs no migration.
  kind text NOT NULL CHECK (kind ~ '^[a-z]+(_[a-z]+)*$'),
  -- The row that it is about, of the table of its kind.
  subject bigint,
  area area_code NOT NULL REFERENCES areas,
  -- In whose name it is done, in this area.
  account_id bigint NOT NULL REFERENCES accounts,
  -- A server does one job of a lane at a time.
  lane text NOT NULL CHECK (lane <> ''),
  state text NOT NULL DEFAULT 'waiting' CONSTRAINT jobs_state_check
    CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
  -- The program that alone may do it: a command's job, or one whose file lives with the program that took it in.
  home text,
  -- The try that is under way. One that is not heard of for a while is taken to be dead; so is the home of a job
  -- that waits.
  worker text,
  heard_at timestamptz NOT NULL DEFAULT now(),
  attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  -- It waits until then: what passes by itself is tried again later.
  not_before timestamptz,
  -- What is going on, and how far: so many of so many, if that can be told.
  phase text,
  done bigint NOT NULL DEFAULT 0,
  expected bigint,
  -- Why it is tried again, or why it came to nothing.
  message text,
  cancel_asked_at timestamptz,
  -- Of a job that a schedule has entered.
  due_at timestamptz,
  -- What it was told, and how far it is when it goes on from there; nothing once it is over.
  terms jsonb,
  entered_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  CHECK ((worker IS NOT NULL) = (state = 'running')),
  CHECK ((finished_at IS NOT NULL) = (state IN ('done', 'failed', 'cancelled'))),
  CHECK (terms IS NULL OR state IN ('waiting', 'running'))
);
CREATE INDEX jobs_area_idx ON jobs (area, id);
CREATE INDEX jobs_at_work_idx ON jobs (id) WHERE state IN ('waiting', 'running');
-- Two that would do the same to the same row at once do not come about.
CREATE UNIQUE INDEX jobs_subject_key ON jobs (subject, kind) WHERE state IN ('waiting', 'running');
-- What is due is entered once, whatever the number of servers.
CREATE UNIQUE INDEX jobs_due_key ON jobs (kind, area, due_at) WHERE due_at IS NOT NULL;
SELECT protect_by_area('jobs');
-- A township reads of its county's deliveries, and how far they are.
CREATE POLICY staff_above ON jobs FOR SELECT TO portal_staff
  USING (kind ^@ 'delivery_' AND (SELECT NULLIF(current_setting('portal.area', true), '')) ^@ area::text);
CREATE POLICY staff_service_read ON jobs FOR SELECT TO portal_staff
  USING ((SELECT current_setting('portal.job_service', true)) = 'on');
CREATE POLICY staff_service_write ON jobs FOR UPDATE TO portal_staff
  USING ((SELECT current_setting('portal.job_service', true)) = 'on');
GRANT SELECT, INSERT ON jobs TO portal_staff;
GRANT UPDATE (state, home, worker, heard_at, attempts, not_before, phase, done, expected, message, cancel_asked_at,
  terms, finished_at) ON jobs TO portal_staff;

-- A job that waits is told of, so that a server that has nothing to do need not ask again and again.
CREATE FUNCTION announce_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('jobs', NEW.kind);
  RETURN NULL;
END $$;
CREATE TRIGGER jobs_announced AFTER INSERT OR UPDATE OF state ON jobs
  FOR EACH ROW WHEN (NEW.state = 'waiting') EXECUTE FUNCTION announce_job();

-- What is done again and again: once in an area at each due time.
CREATE TABLE job_schedules (
  kind text NOT NULL CHECK (kind ~ '^[a-z]+(_[a-z]+)*$'),
  area area_code NOT NULL REFERENCES areas,
  -- In whose name.
  account_id bigint NOT NULL REFERENCES accounts,
  -- 'half_month': on the 1st and the 16th.
  rhythm text NOT NULL CONSTRAINT job_schedules_rhythm_check
    CHECK (rhythm IN ('daily', 'weekly', 'half_month')),
  -- Monday is 1.
  weekday smallint CHECK (weekday BETWEEN 1 AND 7),
  -- In China, counted from midnight.
  minute_of_day smallint NOT NULL CHECK (minute_of_day BETWEEN 0 AND 1439),
  -- What was due before is not made up for.
  set_at timestamptz NOT NULL,
  PRIMARY KEY (kind, area),
  CHECK ((weekday IS NOT NULL) = (rhythm = 'weekly'))
);
SELECT protect_by_area('job_schedules');
CREATE POLICY staff_service ON job_schedules FOR SELECT TO portal_staff
  USING ((SELECT current_setting('portal.job_service', true)) = 'on');
GRANT SELECT, INSERT, UPDATE, DELETE ON job_schedules TO portal_staff;

-- ---------------------------------------------------------------- what is under way

INSERT INTO jobs (kind, subject, area, account_id, lane, state, home, worker, heard_at, expected)
SELECT CASE WHEN state IN ('undo_asked', 'undoing') THEN 'import_undo' WHEN is_command THEN 'import_command'
    WHEN state IN ('uploaded', 'checking') THEN 'import_check' ELSE 'import_commit' END,
  id, area,
  CASE WHEN state IN ('undo_asked', 'undoing') THEN undone_by
    WHEN state IN ('confirmed', 'committing') THEN coalesce(confirmed_by, uploaded_by) ELSE uploaded_by END,
  'import', CASE WHEN worker IS NULL THEN 'waiting' ELSE 'running' END, 
  -- What a command has imported is taken back like anything else: by any portal.
  CASE WHEN is_command AND state NOT IN ('undo_asked', 'undoing') THEN worker END,
  worker, coalesce(heard_at, now()), row_count
FROM imports
WHERE state IN ('uploaded', 'checking', 'confirmed', 'committing', 'undo_asked', 'undoing') ORDER BY id;

-- One that was matched already is only to be laid beside the answers in force once more.
INSERT INTO jobs (kind, subject, area, account_id, lane, state, home, worker, heard_at)
SELECT CASE WHEN state = 'committing' THEN 'delivery_commit' WHEN row_count IS NULL THEN 'delivery_match'
    ELSE 'delivery_assess' END,
  id, area, coalesce(confirmed_by, account_id), 'delivery', 'running',
  CASE WHEN row_count IS NULL THEN worker END, coalesce(worker, 'unknown'), coalesce(heard_at, '-infinity')
FROM deliveries
WHERE state IN ('matching', 'committing') AND coalesce(confirmed_by, account_id) IS NOT NULL ORDER BY id;

INSERT INTO jobs (kind, subject, area, account_id, lane, state, worker, heard_at, done, expected)
SELECT 'rule_run', id, area, account_id, 'rules', CASE WHEN worker IS NULL THEN 'waiting' ELSE 'running' END,
  worker, coalesce(heard_at, now()), households, households_expected
FROM rule_runs WHERE state IN ('waiting', 'running') ORDER BY id;

-- ---------------------------------------------------------------- what the rows need no more

DROP POLICY staff_service ON imports;
DROP POLICY staff_service ON deliveries;
DROP POLICY staff_service ON rule_runs;
DROP INDEX imports_at_work_idx;
DROP INDEX deliveries_at_work_idx;
ALTER TABLE imports
  DROP COLUMN phase, DROP COLUMN rows_done, DROP COLUMN rows_expected, DROP COLUMN worker, DROP COLUMN heard_at;
ALTER TABLE deliveries
  DROP COLUMN phase, DROP COLUMN rows_done, DROP COLUMN rows_expected, DROP COLUMN worker, DROP COLUMN heard_at;
-- The households that a run has looked at are part of what it says, not of how it is worked on: they stay.
ALTER TABLE rule_runs DROP COLUMN worker, DROP COLUMN heard_at;
