-- One store for the scans and photos of every capability. The table of complaint photos becomes it, its rows as they
-- stand: what they hold was sealed for their columns and still opens; what comes from now on is sealed for its row too.

ALTER TABLE complaint_photos RENAME TO files;
ALTER INDEX complaint_photos_waiting_idx RENAME TO files_waiting_idx;
DROP TRIGGER complaint_photos_arrived ON files;
DROP TRIGGER complaint_photos_numbered ON files;
DO $$
DECLARE found record;
BEGIN
  FOR found IN SELECT conname FROM pg_constraint
    WHERE conrelid = 'files'::regclass AND conname ^@ 'complaint_photos' AND contype <> 't'
  LOOP
    EXECUTE format('ALTER TABLE files RENAME CONSTRAINT %I TO %I', found.conname,
      replace(found.conname, 'complaint_photos', 'files'));
  END LOOP;
END $$;

ALTER TABLE files
  ADD COLUMN area area_code REFERENCES areas,
  -- Whose it is: one of these.
  ALTER COLUMN complaint_id DROP NOT NULL,
  ADD COLUMN case_id bigint REFERENCES cases,
  -- What staff say that it is.
  ADD COLUMN kind text CONSTRAINT files_kind_check CHECK (kind IN (
    'evidence', 'scene', 'service', 'hearing', 'hardship', 'authorisation', 'handover', 'document', 'other')),
  ADD COLUMN title text CHECK (char_length(title) BETWEEN 1 AND 100),
  -- Not known of what came before.
  ADD COLUMN original_bytes bigint CHECK (original_bytes > 0),
  -- Small, for lists.
  ADD COLUMN thumbnail_sealed bytea,
  -- How long it is kept: a class, whose rule is the program's.
  ADD COLUMN retention text NOT NULL DEFAULT 'complaint' CONSTRAINT files_retention_check
    CHECK (retention IN ('complaint', 'case')),
  -- Who put it there and when. Never of what belongs to a complaint: it would tell when somebody reported.
  ADD COLUMN uploaded_by bigint REFERENCES accounts,
  ADD COLUMN uploaded_by_name text,
  ADD COLUMN uploaded_at timestamptz,
  -- Taken out of its place: nobody sees it any more, that it was there stays.
  ADD COLUMN removed_by bigint REFERENCES accounts,
  ADD COLUMN removed_by_name text,
  ADD COLUMN removed_at timestamptz,
  ADD COLUMN removal_reason text CHECK (char_length(removal_reason) BETWEEN 2 AND 200),
  -- When its bytes were destroyed.
  ADD COLUMN erased_at timestamptz;
ALTER TABLE files ALTER COLUMN retention DROP DEFAULT;
ALTER TABLE files ALTER COLUMN thumbnail_sealed SET STORAGE EXTERNAL;
UPDATE files f SET area = c.area FROM complaints c WHERE c.id = f.complaint_id;
ALTER TABLE files
  ALTER COLUMN area SET NOT NULL,
  ADD CONSTRAINT files_owner_check CHECK (num_nonnulls(complaint_id, case_id) = 1),
  DROP CONSTRAINT files_original_type_check,
  ADD CONSTRAINT files_original_type_check CHECK (original_type IN (
    'image/jpeg', 'image/png', 'image/webp', 'image/heic', 'application/pdf')),
  ADD CONSTRAINT files_complaint_check CHECK (
    complaint_id IS NULL OR (original_type <> 'application/pdf' AND kind IS NULL AND title IS NULL)),
  ADD CONSTRAINT files_case_check CHECK (case_id IS NULL OR (kind IS NOT NULL AND title IS NOT NULL)),
  DROP CONSTRAINT files_refusal_check,
  ADD CONSTRAINT files_refusal_check CHECK (refusal IN (
    'unknown_type', 'heic_not_taken', 'undecodable', 'too_large', 'several_pictures', 'too_much_work',
    'encrypted', 'active', 'too_many_pages')),
  DROP CONSTRAINT files_content_check,
  -- Of what citizens sent nothing is left but the clean copy; the originals of a case are evidence and stay sealed.
  ADD CONSTRAINT files_content_check CHECK (
    (state = 'waiting') = (queue IS NOT NULL)
    AND (state = 'unreadable') = (refusal IS NOT NULL)
    AND (state = 'clean' OR num_nonnulls(clean_sealed, thumbnail_sealed) = 0)
    AND (complaint_id IS NULL OR state = 'waiting' OR original_sealed IS NULL)
    AND (erased_at IS NOT NULL OR (
      (state <> 'waiting' OR original_sealed IS NOT NULL) AND (state <> 'clean' OR clean_sealed IS NOT NULL)))
    AND (erased_at IS NULL OR num_nonnulls(original_sealed, clean_sealed, thumbnail_sealed) = 0)),
  ADD CONSTRAINT files_upload_check CHECK (
    num_nonnulls(uploaded_by, uploaded_by_name, uploaded_at)
      = CASE WHEN complaint_id IS NULL THEN 3 ELSE 0 END),
  ADD CONSTRAINT files_removal_check CHECK (
    num_nonnulls(removed_by, removed_by_name, removed_at, removal_reason) IN (0, 4)
    AND (removed_at IS NULL OR complaint_id IS NULL));

-- The same content twice is one file of a case.
CREATE UNIQUE INDEX files_case_content_key ON files (case_id, original_sha256)
  WHERE removed_at IS NULL AND state <> 'unreadable';
CREATE INDEX files_case_idx ON files (case_id, id);
CREATE INDEX files_removed_idx ON files (removed_at) WHERE erased_at IS NULL AND removed_at IS NOT NULL;

-- ---------------------------------------------------------------- ids

-- The id of a file that comes behind another one of its owner's, or that is the first. Random, so that it tells nothing
-- of the files of others; growing within one owner. What is sealed for the row needs it beforehand.
CREATE FUNCTION next_file_id(last bigint) RETURNS bigint LANGUAGE sql VOLATILE AS $$
  SELECT coalesce(last, 1099511627776 + ('x' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 12))::bit(48)::bigint)
    + 1 + ('x' || substr(gen_random_uuid()::text, 1, 4))::bit(16)::bigint
$$;
REVOKE EXECUTE ON FUNCTION next_file_id(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION next_file_id(bigint) TO portal_staff, portal_public;
ALTER TABLE files ALTER COLUMN id SET DEFAULT next_file_id(NULL);

-- ---------------------------------------------------------------- who sees and writes

-- Files of a complaint go with it, as its photos did. All others are the bureaus', by area; no other login sees them.
CREATE POLICY staff_area ON files TO portal_staff
  USING (complaint_id IS NULL AND area ^@ (SELECT NULLIF(current_setting('portal.area', true), '')))
  WITH CHECK (complaint_id IS NULL AND area ^@ (SELECT NULLIF(current_setting('portal.area', true), ''))
    AND case_id IN (SELECT c.id FROM cases c WHERE c.id = files.case_id AND c.area = files.area));
CREATE POLICY arrives_in_area ON files AS RESTRICTIVE FOR INSERT TO portal_staff, portal_public
  WITH CHECK (complaint_id IS NULL OR area = (SELECT c.area FROM complaints c WHERE c.id = files.complaint_id));
-- Nobody puts or removes a file in another's name, and what is removed stays so.
CREATE POLICY arrives_in_own_name ON files AS RESTRICTIVE FOR INSERT TO portal_staff, portal_public
  WITH CHECK (removed_at IS NULL AND erased_at IS NULL AND (uploaded_by IS NULL
    OR uploaded_by = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint)));
CREATE POLICY staff_removes ON files AS RESTRICTIVE FOR UPDATE TO portal_staff
  USING (removed_at IS NULL)
  WITH CHECK (removed_by = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint));
GRANT SELECT (area, case_id, kind, title, original_bytes, thumbnail_sealed, retention, uploaded_by,
  uploaded_by_name, uploaded_at, removed_by, removed_by_name, removed_at, removal_reason, erased_at)
  ON files TO portal_staff;
GRANT SELECT (area, retention) ON files TO portal_inspector;
GRANT UPDATE (removed_by, removed_by_name, removed_at, removal_reason) ON files TO portal_staff;

-- ---------------------------------------------------------------- the job

DROP FUNCTION photo_arrived(), photos_waiting(integer), next_waiting_photo(integer),
  settle_photo(bigint, bytea, text), wake_photo_work();

-- Sees that there is a job where files wait; the citizen who reports may not write jobs.
CREATE FUNCTION wake_file_work() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO jobs (id, kind, area, lane) OVERRIDING SYSTEM VALUE
  SELECT 0, 'photo_cleaning', f.area, 'photos' FROM files f WHERE f.state = 'waiting' LIMIT 1
  ON CONFLICT (id) DO UPDATE
    SET state = 'waiting', attempts = 0, finished_at = NULL, message = NULL, cancel_asked_at = NULL
    WHERE jobs.state NOT IN ('waiting', 'running')
$$;
CREATE FUNCTION file_arrived() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- A job that is just ending may miss what is just coming in; whoever looks every few seconds does not.
  IF NOT EXISTS (SELECT FROM jobs WHERE id = 0 AND state IN ('waiting', 'running')) THEN
    PERFORM wake_file_work();
  END IF;
  RETURN NULL;
END $$;
-- At the end of the transaction: whoever stores much holds nobody up.
CREATE CONSTRAINT TRIGGER files_arrived AFTER INSERT ON files
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'waiting') EXECUTE FUNCTION file_arrived();

-- How many there are in all and in one queue: past a limit no more are taken in.
CREATE FUNCTION files_waiting(in_queue integer, OUT everywhere bigint, OUT here bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*), count(*) FILTER (WHERE queue = in_queue) FROM files WHERE state = 'waiting'
$$;

-- The next in turn: queue after queue, and in each the first file of every owner before any second one. For the
-- login that took it in: staff's does not see every report, and no login reads an original but by this. Whoever works
-- on it does not learn whose it is, only whether it is listed with a thumbnail.
CREATE FUNCTION next_waiting_file(after_queue integer)
RETURNS TABLE (id bigint, queue smallint, tries smallint, original_sealed bytea, is_listed boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH next AS (
    SELECT f.id FROM files f WHERE f.state = 'waiting'
    ORDER BY f.queue <= after_queue, f.queue, f.position, f.id LIMIT 1 FOR UPDATE SKIP LOCKED)
  UPDATE files f SET tries = f.tries + 1 FROM next WHERE f.id = next.id
  RETURNING f.id, f.queue, f.tries, f.original_sealed, f.complaint_id IS NULL
$$;
-- What became of it: a clean copy, or why there is none. Nothing is kept of what a citizen sent, nor of what could not
-- be read; nor twice of what is its own clean copy.
CREATE FUNCTION settle_file(file bigint, clean bytea, thumbnail bytea, why text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH settled AS (
    UPDATE files SET state = CASE WHEN clean IS NULL THEN 'unreadable' ELSE 'clean' END,
      clean_sealed = clean, thumbnail_sealed = CASE WHEN clean IS NOT NULL THEN thumbnail END,
      refusal = CASE WHEN clean IS NULL THEN why END, queue = NULL,
      original_sealed = CASE WHEN case_id IS NOT NULL AND clean IS NOT NULL AND original_type <> 'application/pdf'
        THEN original_sealed END
    WHERE id = file AND state = 'waiting' RETURNING 1)
  SELECT EXISTS (SELECT FROM settled)
$$;

-- Destroys what was removed, after the days in which it could have been a mistake; that it was there stays.
CREATE FUNCTION erase_removed_files() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH erased AS (
    UPDATE files SET original_sealed = NULL, clean_sealed = NULL, thumbnail_sealed = NULL, erased_at = now()
    WHERE erased_at IS NULL AND state <> 'waiting' AND removed_at < now() - interval '30 days' RETURNING 1)
  SELECT count(*) FROM erased
$$;

REVOKE EXECUTE ON FUNCTION wake_file_work(), file_arrived(), files_waiting(integer), next_waiting_file(integer),
  settle_file(bigint, bytea, bytea, text), erase_removed_files() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION files_waiting(integer) TO portal_staff, portal_public;
GRANT EXECUTE ON FUNCTION wake_file_work(), next_waiting_file(integer), settle_file(bigint, bytea, bytea, text),
  erase_removed_files() TO portal_public;

-- ---------------------------------------------------------------- the order of what citizens send

-- As it was, with the files of complaints.
CREATE OR REPLACE FUNCTION settle_reports() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  this_hour timestamptz := date_trunc('hour', clock_timestamp());
  last_xid bigint;
  first_xid bigint;
  settled integer := 0;
  found record;
  target record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('settle_reports'));
  IF EXISTS (SELECT FROM report_settlings WHERE hour >= this_hour) THEN RETURN 0; END IF;
  SELECT xid INTO last_xid FROM report_settlings ORDER BY id DESC LIMIT 1;
  SELECT xid INTO first_xid FROM report_settlings ORDER BY id DESC OFFSET 1 LIMIT 1;
  IF last_xid IS NOT NULL THEN
    FOR target IN SELECT * FROM (VALUES
      ('complaints', 'id', 'true'), ('complaint_identities', 'complaint_id', 'true'),
      ('complaint_messages', 'id', 'true'), ('files', 'id', 'complaint_id IS NOT NULL'),
      ('audit_events', 'id', 'origin = ''citizen''')) AS t (name, key, condition)
    LOOP
      FOR found IN EXECUTE format(
        'SELECT %2$I AS key FROM %1$I WHERE %3$s AND age(xmin) > age($1::text::xid)
           AND ($2 IS NULL OR age(xmin) < age($2::text::xid))
         ORDER BY gen_random_uuid()', target.name, target.key, target.condition)
        USING last_xid, first_xid
      LOOP
        EXECUTE format('UPDATE %1$I SET %2$I = %2$I WHERE %2$I = $1', target.name, target.key) USING found.key;
        settled := settled + 1;
      END LOOP;
    END LOOP;
  END IF;
  INSERT INTO report_settlings (hour, xid)
  VALUES (this_hour, pg_current_xact_id()::text::bigint & 4294967295);
  DELETE FROM report_settlings WHERE hour < this_hour - interval '7 days'
    AND id < (SELECT max(id) - 2 FROM report_settlings);
  RETURN settled;
END $$;
