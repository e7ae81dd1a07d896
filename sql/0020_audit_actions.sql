-- Codes of actions have one style, noun.verb. Before somebody is known, only attempts to sign in are written: under
-- their codes of today. Events that stand under former codes stay as they are.
ALTER POLICY staff_write ON audit_events WITH CHECK (
  origin = 'staff' AND CASE
    WHEN NULLIF(current_setting('portal.account', true), '') IS NULL
      THEN action IN ('session.sign_in', 'session.lock')
    ELSE account_id = current_setting('portal.account', true)::bigint
      AND role = current_setting('portal.role', true) END);
