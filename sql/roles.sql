-- The four logins of the portal, and the role that keeps what none of them may touch. Run by a superuser, on any
-- database of the cluster, as often as you like.
-- What each may do is granted table by table in the migrations; nothing is granted to PUBLIC.
DO $$
DECLARE login text;
BEGIN
  FOREACH login IN ARRAY ARRAY['portal_owner', 'portal_staff', 'portal_public', 'portal_inspector'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN
      EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', login);
    END IF;
  END LOOP;
  -- Passwords, sessions and who stands behind an event of the audit: nobody logs in as it, its functions act.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_keeper') THEN
    CREATE ROLE portal_keeper NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
  IF NOT pg_has_role('portal_owner', 'portal_keeper', 'MEMBER') THEN
    GRANT portal_keeper TO portal_owner;
  END IF;
END $$;
-- What goes wrong with what a citizen sends would stand in PostgreSQL's log with its exact time.
ALTER ROLE portal_public SET log_min_messages = 'panic';
ALTER ROLE portal_public SET log_lock_waits = off;
ALTER ROLE portal_public SET log_min_duration_statement = -1;
ALTER ROLE portal_public SET log_temp_files = -1;
