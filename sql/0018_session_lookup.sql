-- The session behind a token, and its account, are looked up at every request. The policies of accounts, sessions
-- and tokens asked for each setting in a query of its own: a score of plan nodes, which took more time to set up
-- than the look-up itself. They ask in place now: these tables have a row for each person or program that signs
-- in, so it does no harm that the question is put row by row.

ALTER POLICY staff_area ON accounts USING (
  area ^@ NULLIF(current_setting('portal.account_area', true), '')
  OR id = NULLIF(current_setting('portal.account', true), '')::bigint
  OR account = NULLIF(current_setting('portal.signing_in', true), ''));
ALTER POLICY staff_session ON accounts USING (
  NULLIF(current_setting('portal.session', true), '') IS NOT NULL);

ALTER POLICY staff_token ON sessions USING (
  token_hash = decode(NULLIF(current_setting('portal.session', true), ''), 'hex'));
ALTER POLICY staff_own ON sessions USING (
  account_id = NULLIF(current_setting('portal.account', true), '')::bigint);
ALTER POLICY staff_admin ON sessions USING (
  current_setting('portal.role', true) IN ('system_admin', 'security_admin')
  AND EXISTS (SELECT FROM accounts a WHERE a.id = account_id
    AND a.area ^@ NULLIF(current_setting('portal.account_area', true), '')));

ALTER POLICY staff_token ON api_tokens USING (
  token_hash = decode(NULLIF(current_setting('portal.api_token', true), ''), 'hex'));
ALTER POLICY staff_admin ON api_tokens USING (
  current_setting('portal.role', true) = 'system_admin'
  AND area ^@ NULLIF(current_setting('portal.account_area', true), ''));
