-- The four logins of the portal. Run by a superuser, on any database of the cluster, as often as you like.
-- What each may do is granted table by table in the migrations; nothing is granted to PUBLIC.
DO $$
DECLARE login text;
BEGIN
  FOREACH login IN ARRAY ARRAY['portal_owner', 'portal_staff', 'portal_public', 'portal_inspector'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN
      EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', login);
    END IF;
  END LOOP;
END $$;
