-- Lists of kinds that several tables hold are domains, as area_code is: a kind more is one statement here, not a
-- constraint of each table. A domain without its list takes over the columns, which rewrites no table; the list is
-- then checked over what is there.

CREATE DOMAIN bureau AS text;
CREATE DOMAIN check_type AS text;
CREATE DOMAIN check_result AS text;
CREATE DOMAIN finding_rule AS text;
CREATE DOMAIN exit_nature AS text;

ALTER TABLE checks
  DROP CONSTRAINT checks_check_type_check, ALTER check_type TYPE check_type,
  DROP CONSTRAINT checks_result_check, ALTER result TYPE check_result;
ALTER TABLE check_records ALTER check_type TYPE check_type;
ALTER TABLE deliveries DROP CONSTRAINT deliveries_check_type_check, ALTER check_type TYPE check_type;
ALTER TABLE delivery_answers
  DROP CONSTRAINT delivery_answers_result_check, ALTER result TYPE check_result;
ALTER TABLE exchange_schedules
  DROP CONSTRAINT exchange_schedules_check_type_check, ALTER check_type TYPE check_type;
ALTER TABLE review_progress ALTER check_type TYPE check_type;
ALTER TABLE review_dues DROP CONSTRAINT review_dues_bureau_check, ALTER bureau TYPE bureau;
ALTER TABLE findings DROP CONSTRAINT findings_rule_check, ALTER rule TYPE finding_rule;
ALTER TABLE cases DROP CONSTRAINT cases_nature_check, ALTER nature TYPE exit_nature;

-- The list of checks is asked for as well: each household of a round owes one of each.
CREATE FUNCTION check_types() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY['marriage', 'income', 'assets', 'registered_property', 'vehicles',
    'household_registration', 'signed_contracts', 'other_housing', 'rent_arrears', 'utilities'];
$$;
GRANT EXECUTE ON FUNCTION check_types() TO portal_staff, portal_public, portal_inspector;

ALTER DOMAIN bureau ADD CONSTRAINT bureau_list
  CHECK (VALUE IN ('housing', 'civil_affairs', 'natural_resources', 'public_security'));
ALTER DOMAIN check_type ADD CONSTRAINT check_type_list CHECK (VALUE = ANY (check_types()));
ALTER DOMAIN check_result ADD CONSTRAINT check_result_list
  CHECK (VALUE IN ('clear', 'hit', 'not_found'));
ALTER DOMAIN finding_rule ADD CONSTRAINT finding_rule_list
  CHECK (VALUE IN ('R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8'));
ALTER DOMAIN exit_nature ADD CONSTRAINT exit_nature_list
  CHECK (VALUE IN ('purchased_home', 'over_limit', 'sublet', 'lent', 'vacant', 'arrears'));

CREATE OR REPLACE FUNCTION count_review_progress(round bigint) RETURNS void LANGUAGE sql AS $$
  INSERT INTO review_progress AS p (round_id, area, estate_id, check_type, households, clear, hit, not_found)
  SELECT f.round_id, f.area, f.estate_id, t.check_type, f.households, coalesce(a.clear, 0),
    coalesce(a.hit, 0), coalesce(a.not_found, 0)
  FROM (SELECT round_id, area, estate_id, count(*) AS households
        FROM review_households WHERE round_id = round GROUP BY 1, 2, 3) f
  CROSS JOIN unnest(check_types()) AS t (check_type)
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
