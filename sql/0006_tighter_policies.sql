-- What one side could learn or pretend about another.

-- The audit administrator belongs to the bureaus. Events of citizens, and of inspectors who read
-- complaints, would tell them that complaints of misconduct exist: they are the inspectors' alone.
DROP POLICY audit_admin_read ON audit_events;
CREATE POLICY audit_admin_read ON audit_events FOR SELECT TO portal_staff USING (
  (SELECT current_setting('portal.role', true)) = 'audit_admin'
  AND area ^@ (SELECT NULLIF(current_setting('portal.account_area', true), ''))
  AND origin <> 'citizen' AND NOT (role IS NOT DISTINCT FROM 'inspector' AND entity = 'complaints'));

-- Nobody writes an event in another's name; before somebody is known, only attempts to sign in.
DROP POLICY staff_write ON audit_events;
CREATE POLICY staff_write ON audit_events FOR INSERT TO portal_staff WITH CHECK (
  origin = 'staff' AND CASE
    WHEN NULLIF(current_setting('portal.account', true), '') IS NULL
      THEN action IN ('sign_in', 'lock_sign_in')
    ELSE account_id = current_setting('portal.account', true)::bigint
      AND role = current_setting('portal.role', true) END);

-- The public side writes what a citizen writes: no answer of the bureau, no other's identity.
CREATE POLICY citizen_author ON complaint_messages AS RESTRICTIVE FOR INSERT TO portal_public
  WITH CHECK (author = 'citizen');
DROP POLICY citizen_write ON complaint_identities;
CREATE POLICY citizen_write ON complaint_identities FOR INSERT TO portal_public
  WITH CHECK (complaint_id IN (SELECT c.id FROM complaints c WHERE c.id = complaint_id));
