-- An administrator changes nothing of their own account: not its role and area, not whether it is locked, and no token
-- that acts for it. The program asks that too; here it holds whatever the program says.
CREATE OR REPLACE FUNCTION administers(roles text[], target bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM sessions s JOIN accounts actor ON actor.id = s.account_id JOIN accounts a ON a.id = target
    WHERE s.token_hash = shown_session() AND actor.disabled_at IS NULL AND actor.role = ANY (roles)
      AND a.id <> actor.id AND a.area ^@ actor.area::text);
END $$;
