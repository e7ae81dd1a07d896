-- Which household a complaint is about, as an officer found it, and which case follows from it. Links of complaints that
-- only inspectors see cannot be made: staff do not see such a complaint, and so cannot name it.

CREATE TABLE complaint_households (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Of the household: its township works the case.
  area area_code NOT NULL REFERENCES areas,
  complaint_id bigint NOT NULL REFERENCES complaints,
  household_id bigint NOT NULL REFERENCES households,
  linked_by bigint NOT NULL REFERENCES accounts,
  linked_by_name text NOT NULL,
  linked_at timestamptz NOT NULL,
  -- A link that was wrong stays, and says why it no longer holds.
  removed_by bigint REFERENCES accounts,
  removed_by_name text,
  removed_at timestamptz,
  reason text CHECK (char_length(reason) BETWEEN 2 AND 300),
  CONSTRAINT complaint_households_removed_check CHECK (
    num_nulls(removed_by, removed_by_name, removed_at, reason) IN (0, 4))
);
CREATE UNIQUE INDEX complaint_households_key ON complaint_households (complaint_id, household_id)
  WHERE removed_at IS NULL;
CREATE INDEX complaint_households_household_idx ON complaint_households (household_id);

CREATE TABLE case_complaints (
  case_id bigint NOT NULL REFERENCES cases,
  complaint_id bigint NOT NULL REFERENCES complaints,
  -- Of the case.
  area area_code NOT NULL REFERENCES areas,
  linked_by bigint NOT NULL REFERENCES accounts,
  linked_by_name text NOT NULL,
  linked_at timestamptz NOT NULL,
  CONSTRAINT case_complaints_key PRIMARY KEY (case_id, complaint_id)
);
CREATE INDEX case_complaints_complaint_idx ON case_complaints (complaint_id);

SELECT protect_by_area('complaint_households');
SELECT protect_by_area('case_complaints');

-- Nobody links in another's name, nor a complaint that they cannot see.
CREATE POLICY staff_links ON complaint_households AS RESTRICTIVE FOR INSERT TO portal_staff
  WITH CHECK (removed_at IS NULL
    AND linked_by = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint)
    AND complaint_id IN (
      SELECT c.id FROM complaints c WHERE c.id = complaint_id AND c.kind <> 'misconduct'));
CREATE POLICY staff_unlinks ON complaint_households AS RESTRICTIVE FOR UPDATE TO portal_staff
  USING (removed_at IS NULL)
  WITH CHECK (removed_by = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint));
CREATE POLICY staff_links ON case_complaints AS RESTRICTIVE FOR INSERT TO portal_staff
  WITH CHECK (linked_by = (SELECT NULLIF(current_setting('portal.account', true), '')::bigint)
    AND complaint_id IN (
      SELECT c.id FROM complaints c WHERE c.id = complaint_id AND c.kind <> 'misconduct'));

GRANT SELECT, INSERT ON complaint_households, case_complaints TO portal_staff;
GRANT UPDATE (removed_by, removed_by_name, removed_at, reason) ON complaint_households TO portal_staff;
