-- Extracts that nobody owes: payroll, the list of homes allocated, deaths, business registration, social security,
-- housing fund. They are answered as checks are, and no household of a round waits for them. With them the rules R9
-- (got by deceit) and R10 (on the public payroll, or never allocated a home), and the nature that follows from R9.

-- What each household of a round waits for: 四部门十项.
CREATE FUNCTION owed_check_types() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY['marriage', 'income', 'assets', 'registered_property', 'vehicles',
    'household_registration', 'signed_contracts', 'other_housing', 'rent_arrears', 'utilities'];
$$;
GRANT EXECUTE ON FUNCTION owed_check_types() TO portal_staff, portal_public, portal_inspector;

-- All that may be answered. Written out: a list that calls another is looked up anew for each row.
CREATE OR REPLACE FUNCTION check_types() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY['marriage', 'income', 'assets', 'registered_property', 'vehicles',
    'household_registration', 'signed_contracts', 'other_housing', 'rent_arrears', 'utilities',
    'payroll', 'allocation_list', 'deaths', 'business_registration', 'social_security',
    'housing_fund'];
$$;

-- Dropped and added, so that open sessions hear of it.
ALTER DOMAIN check_type DROP CONSTRAINT check_type_list;
ALTER DOMAIN check_type ADD CONSTRAINT check_type_list CHECK (VALUE = ANY (check_types()));
ALTER DOMAIN finding_rule DROP CONSTRAINT finding_rule_list;
ALTER DOMAIN finding_rule ADD CONSTRAINT finding_rule_list
  CHECK (VALUE IN ('R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8', 'R9', 'R10'));
ALTER DOMAIN exit_nature DROP CONSTRAINT exit_nature_list;
ALTER DOMAIN exit_nature ADD CONSTRAINT exit_nature_list
  CHECK (VALUE IN ('purchased_home', 'over_limit', 'sublet', 'lent', 'vacant', 'arrears', 'deceit'));

CREATE OR REPLACE FUNCTION count_review_progress(round bigint) RETURNS void LANGUAGE sql AS $$
  INSERT INTO review_progress AS p (round_id, area, estate_id, check_type, households, clear, hit, not_found)
  SELECT f.round_id, f.area, f.estate_id, t.check_type, f.households, coalesce(a.clear, 0),
    coalesce(a.hit, 0), coalesce(a.not_found, 0)
  FROM (SELECT round_id, area, estate_id, count(*) AS households
        FROM review_households WHERE round_id = round GROUP BY 1, 2, 3) f
  CROSS JOIN unnest(owed_check_types()) AS t (check_type)
  LEFT JOIN (
    SELECT f.area, f.estate_id, k.check_type,
      count(*) FILTER (WHERE result = 'clear') AS clear, count(*) FILTER (WHERE result = 'hit') AS hit,
      count(*) FILTER (WHERE result = 'not_found') AS not_found
    FROM (SELECT DISTINCT ON (household_id, check_type) household_id, check_type, result
          FROM checks WHERE round_id = round
          ORDER BY household_id, check_type, sequence DESC) k
    JOIN review_households f ON f.round_id = round AND f.household_id = k.household_id
    GROUP BY 1, 2, 3) a
    ON a.area = f.area AND a.estate_id = f.estate_id AND a.check_type = t.check_type
  ON CONFLICT (round_id, area, estate_id, check_type) DO UPDATE
  SET households = EXCLUDED.households, clear = EXCLUDED.clear, hit = EXCLUDED.hit,
    not_found = EXCLUDED.not_found
$$;
