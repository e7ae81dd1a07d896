-- A report is taken at once: its photos stand sealed as they were sent, until a job has drawn a clean copy of each
-- or has found that it cannot be read. Then nothing is left of what was sent but its SHA-256, which the receipt covers.

-- ---------------------------------------------------------------- photos

ALTER TABLE complaint_photos
  ALTER COLUMN original_sealed DROP NOT NULL,
  ALTER COLUMN clean_sealed DROP NOT NULL,
  ADD COLUMN state text NOT NULL DEFAULT 'waiting'
    CONSTRAINT complaint_photos_state_check CHECK (state IN ('waiting', 'clean', 'unreadable')),
  -- Why it cannot be read.
  ADD COLUMN refusal text CONSTRAINT complaint_photos_refusal_check CHECK (refusal IN (
    'unknown_type', 'heic_not_taken', 'undecodable', 'too_large', 'several_pictures', 'too_much_work')),
  -- Whose turn it is: senders are spread over some queues by a hash whose key no file holds and no program keeps for
  -- more than its own life, so that one sender fills one queue. It is forgotten with the original.
  ADD COLUMN queue smallint CHECK (queue BETWEEN 0 AND 63),
  -- A photo that took its program with it is not tried for ever.
  ADD COLUMN tries smallint NOT NULL DEFAULT 0 CHECK (tries >= 0);
UPDATE complaint_photos SET state = 'clean', original_sealed = NULL;
ALTER TABLE complaint_photos
  ADD CONSTRAINT complaint_photos_content_check CHECK (
    (state = 'waiting') = (original_sealed IS NOT NULL) AND (state = 'waiting') = (queue IS NOT NULL)
    AND (state = 'clean') = (clean_sealed IS NOT NULL) AND (state = 'unreadable') = (refusal IS NOT NULL));
CREATE INDEX complaint_photos_waiting_idx ON complaint_photos (queue, position, id) WHERE state = 'waiting';

-- What comes in waits: no login that serves pages says of a photo that it is clean.
CREATE POLICY arrives_waiting ON complaint_photos AS RESTRICTIVE FOR INSERT TO portal_staff, portal_public
  WITH CHECK (state = 'waiting' AND tries = 0);
GRANT SELECT (state, refusal) ON complaint_photos TO portal_staff, portal_public, portal_inspector;

-- ---------------------------------------------------------------- the job

-- What the portal does for itself is done in nobody's name.
ALTER TABLE jobs ALTER COLUMN account_id DROP NOT NULL;

-- One row stands for all photos, and its times are cut to the hour while nothing is done: neither its place among the
-- other jobs nor its times tell when somebody reported.
CREATE FUNCTION blur_photo_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.entered_at := date_trunc('hour', NEW.entered_at);
  NEW.finished_at := date_trunc('hour', NEW.finished_at);
  IF NEW.state <> 'running' THEN NEW.heard_at := date_trunc('hour', NEW.heard_at); END IF;
  IF NEW.finished_at IS NOT NULL THEN
    NEW.not_before := NULL;
    NEW.done := 0;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER jobs_blurred BEFORE INSERT OR UPDATE ON jobs
  FOR EACH ROW WHEN (NEW.kind = 'photo_cleaning') EXECUTE FUNCTION blur_photo_job();

-- Sees that there is a job where photos wait; the citizen who reports may not write jobs.
CREATE FUNCTION wake_photo_work() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO jobs (id, kind, area, lane) OVERRIDING SYSTEM VALUE
  SELECT 0, 'photo_cleaning', c.area, 'photos'
  FROM complaint_photos p JOIN complaints c ON c.id = p.complaint_id
  WHERE p.state = 'waiting' LIMIT 1
  ON CONFLICT (id) DO UPDATE
    SET state = 'waiting', attempts = 0, finished_at = NULL, message = NULL, cancel_asked_at = NULL
    WHERE jobs.state NOT IN ('waiting', 'running')
$$;
CREATE FUNCTION photo_arrived() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- A job that is just ending may miss what is just coming in; whoever looks every few seconds does not.
  IF NOT EXISTS (SELECT FROM jobs WHERE id = 0 AND state IN ('waiting', 'running')) THEN
    PERFORM wake_photo_work();
  END IF;
  RETURN NULL;
END $$;
-- At the end of the transaction: whoever stores much holds nobody up.
CREATE CONSTRAINT TRIGGER complaint_photos_arrived AFTER INSERT ON complaint_photos
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'waiting') EXECUTE FUNCTION photo_arrived();

-- How many there are in all and in one queue: past a limit no more are taken in.
CREATE FUNCTION photos_waiting(in_queue integer, OUT everywhere bigint, OUT here bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*), count(*) FILTER (WHERE queue = in_queue) FROM complaint_photos WHERE state = 'waiting'
$$;

-- The next in turn: queue after queue, and in each the first photo of every report before any second one. For the
-- login that took it in: staff's does not see every report, and no login reads an original but by this.
CREATE FUNCTION next_waiting_photo(after_queue integer)
RETURNS TABLE (id bigint, queue smallint, tries smallint, original_sealed bytea) LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH next AS (
    SELECT p.id FROM complaint_photos p WHERE p.state = 'waiting'
    ORDER BY p.queue <= after_queue, p.queue, p.position, p.id LIMIT 1 FOR UPDATE SKIP LOCKED)
  UPDATE complaint_photos p SET tries = p.tries + 1 FROM next WHERE p.id = next.id
  RETURNING p.id, p.queue, p.tries, p.original_sealed
$$;
-- What became of it: a clean copy, or why there is none. Nothing is kept of what was sent.
CREATE FUNCTION settle_photo(photo bigint, clean bytea, why text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH settled AS (
    UPDATE complaint_photos SET state = CASE WHEN clean IS NULL THEN 'unreadable' ELSE 'clean' END,
      clean_sealed = clean, refusal = CASE WHEN clean IS NULL THEN why END,
      original_sealed = NULL, queue = NULL
    WHERE id = photo AND state = 'waiting' RETURNING 1)
  SELECT EXISTS (SELECT FROM settled)
$$;

REVOKE EXECUTE ON FUNCTION wake_photo_work(), photo_arrived(), photos_waiting(integer),
  next_waiting_photo(integer), settle_photo(bigint, bytea, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION photos_waiting(integer) TO portal_staff, portal_public;
GRANT EXECUTE ON FUNCTION wake_photo_work(), next_waiting_photo(integer), settle_photo(bigint, bytea, text)
  TO portal_public;
