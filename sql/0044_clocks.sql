-- What the clocks of cases count with: the days off and the weekend days worked of every year, and the terms that a
-- county's legal office has corrected.

-- ---------------------------------------------------------------- holidays

-- What the State Council announces for a year; days of places, and no people. A notice may begin in December of the year
-- before. The last one of a year holds, and every one before stays.
CREATE TABLE holiday_years (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Where it holds, with what lies in it, before what holds above; everywhere where it is NULL: that came along.
  area area_code REFERENCES areas,
  year integer NOT NULL CHECK (year BETWEEN 2000 AND 2100),
  document text NOT NULL CHECK (char_length(document) BETWEEN 2 AND 200),
  days_off date[] NOT NULL CHECK (cardinality(days_off) > 0),
  workdays date[] NOT NULL,
  set_by_name text NOT NULL,
  set_at timestamptz NOT NULL,
  CHECK (NOT days_off && workdays)
);
CREATE INDEX holiday_years_year_idx ON holiday_years (year, id);
GRANT SELECT ON holiday_years TO portal_staff, portal_inspector, portal_keeper;
GRANT INSERT ON holiday_years TO portal_keeper;

-- The days from one on, so many: '2021-02-11+7'.
CREATE FUNCTION days_from(spans text) RETURNS date[] LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(array_agg(split_part(s, '+', 1)::date + n ORDER BY split_part(s, '+', 1)::date + n), '{}')
  FROM unnest(string_to_array(spans, ' ')) s, generate_series(0, split_part(s, '+', 2)::integer - 1) n
$$;

-- 2004 to 2026. The dates agree day for day with chinesecalendar of PyPI, which a test holds. The numbers of the notices
-- stand as gov.cn gives them; those of 2004 to 2007 are still to be looked up.
INSERT INTO holiday_years (year, document, days_off, workdays, set_by_name, set_at)
SELECT year, document, days_from(off), days_from(worked), '随门户提供', '2026-11-29 00:00+08'
FROM (VALUES
  (2004, '国务院办公厅2004年节假日安排（文号待核）',
    '2004-01-01+1 2004-01-22+7 2004-05-01+7 2004-10-01+7',
    '2004-01-17+2 2004-05-08+2 2004-10-09+2'),
  (2005, '国务院办公厅2005年节假日安排（文号待核）',
    '2005-01-01+3 2005-02-09+7 2005-05-01+7 2005-10-01+7',
    '2005-02-05+2 2005-04-30+1 2005-05-08+1 2005-10-08+2'),
  (2006, '国务院办公厅2006年节假日安排（文号待核）',
    '2006-01-01+3 2006-01-29+7 2006-05-01+7 2006-10-01+7',
    '2006-01-28+1 2006-02-05+1 2006-04-29+2 2006-09-30+1 2006-10-08+1'),
  (2007, '国务院办公厅2007年节假日安排（文号待核）',
    '2007-01-01+3 2007-02-18+7 2007-05-01+7 2007-10-01+7',
    '2006-12-30+2 2007-02-17+1 2007-02-25+1 2007-04-28+2 2007-09-29+2'),
  (2008, '国办发明电〔2007〕52号',
    '2007-12-30+3 2008-02-06+7 2008-04-04+3 2008-05-01+3 2008-06-07+3 2008-09-13+3 2008-09-29+7',
    '2007-12-29+1 2008-02-02+2 2008-05-04+1 2008-09-27+2'),
  (2009, '国办发明电〔2008〕42号',
    '2009-01-01+3 2009-01-25+7 2009-04-04+3 2009-05-01+3 2009-05-28+3 2009-10-01+8',
    '2009-01-04+1 2009-01-24+1 2009-02-01+1 2009-05-31+1 2009-09-27+1 2009-10-10+1'),
  (2010, '国办发明电〔2009〕27号',
    '2010-01-01+3 2010-02-13+7 2010-04-03+3 2010-05-01+3 2010-06-14+3 2010-09-22+3 2010-10-01+7',
    '2010-02-20+2 2010-06-12+2 2010-09-19+1 2010-09-25+2 2010-10-09+1'),
  (2011, '国办发明电〔2010〕40号',
    '2011-01-01+3 2011-02-02+7 2011-04-03+3 2011-04-30+3 2011-06-04+1 2011-06-06+1 2011-09-10+3 2011-10-01+7',
    '2011-01-30+1 2011-02-12+1 2011-04-02+1 2011-10-08+2'),
  (2012, '国办发明电〔2011〕45号',
    '2012-01-01+3 2012-01-22+7 2012-04-02+3 2012-04-29+3 2012-06-22+1 2012-06-24+1 2012-09-30+8',
    '2011-12-31+1 2012-01-21+1 2012-01-29+1 2012-03-31+2 2012-04-28+1 2012-09-29+1'),
  (2013, '国办发明电〔2012〕33号',
    '2013-01-01+3 2013-02-09+7 2013-04-04+3 2013-04-29+3 2013-06-10+3 2013-09-19+3 2013-10-01+7',
    '2013-01-05+2 2013-02-16+2 2013-04-07+1 2013-04-27+2 2013-06-08+2 2013-09-22+1 2013-09-29+1 2013-10-12+1'),
  (2014, '国办发明电〔2013〕28号',
    '2014-01-01+1 2014-01-31+7 2014-04-05+3 2014-05-01+3 2014-06-02+1 2014-09-08+1 2014-10-01+7',
    '2014-01-26+1 2014-02-08+1 2014-05-04+1 2014-09-28+1 2014-10-11+1'),
  (2015, '国办发明电〔2014〕28号，国发明电〔2015〕1号',
    '2015-01-01+3 2015-02-18+7 2015-04-05+2 2015-05-01+1 2015-06-20+1 2015-06-22+1 2015-09-03+2 2015-09-27+1 2015-10-01+7',
    '2015-01-04+1 2015-02-15+1 2015-02-28+1 2015-09-06+1 2015-10-10+1'),
  (2016, '国办发明电〔2015〕18号',
    '2016-01-01+1 2016-02-07+7 2016-04-04+1 2016-05-01+2 2016-06-09+3 2016-09-15+3 2016-10-01+7',
    '2016-02-06+1 2016-02-14+1 2016-06-12+1 2016-09-18+1 2016-10-08+2'),
  (2017, '国办发明电〔2016〕17号',
    '2017-01-01+2 2017-01-27+7 2017-04-02+3 2017-05-01+1 2017-05-28+3 2017-10-01+8',
    '2017-01-22+1 2017-02-04+1 2017-04-01+1 2017-05-27+1 2017-09-30+1'),
  (2018, '国办发明电〔2017〕12号',
    '2018-01-01+1 2018-02-15+7 2018-04-05+3 2018-04-29+3 2018-06-18+1 2018-09-24+1 2018-10-01+7',
    '2018-02-11+1 2018-02-24+1 2018-04-08+1 2018-04-28+1 2018-09-29+2'),
  (2019, '国办发明电〔2018〕15号、〔2019〕3号',
    '2018-12-30+3 2019-02-04+7 2019-04-05+3 2019-05-01+4 2019-06-07+3 2019-09-13+3 2019-10-01+7',
    '2018-12-29+1 2019-02-02+2 2019-04-28+1 2019-05-05+1 2019-09-29+1 2019-10-12+1'),
  (2020, '国办发明电〔2019〕16号、〔2020〕1号',
    '2020-01-01+1 2020-01-24+10 2020-04-04+3 2020-05-01+5 2020-06-25+3 2020-10-01+8',
    '2020-01-19+1 2020-04-26+1 2020-05-09+1 2020-06-28+1 2020-09-27+1 2020-10-10+1'),
  (2021, '国办发明电〔2020〕27号',
    '2021-01-01+3 2021-02-11+7 2021-04-03+3 2021-05-01+5 2021-06-12+3 2021-09-19+3 2021-10-01+7',
    '2021-02-07+1 2021-02-20+1 2021-04-25+1 2021-05-08+1 2021-09-18+1 2021-09-26+1 2021-10-09+1'),
  (2022, '国办发明电〔2021〕11号',
    '2022-01-01+3 2022-01-31+7 2022-04-03+3 2022-04-30+5 2022-06-03+3 2022-09-10+3 2022-10-01+7',
    '2022-01-29+2 2022-04-02+1 2022-04-24+1 2022-05-07+1 2022-10-08+2'),
  (2023, '国办发明电〔2022〕16号',
    '2022-12-31+3 2023-01-21+7 2023-04-05+1 2023-04-29+5 2023-06-22+3 2023-09-29+8',
    '2023-01-28+2 2023-04-23+1 2023-05-06+1 2023-06-25+1 2023-10-07+2'),
  (2024, '国办发明电〔2023〕7号',
    '2023-12-30+3 2024-02-10+8 2024-04-04+3 2024-05-01+5 2024-06-10+1 2024-09-15+3 2024-10-01+7',
    '2024-02-04+1 2024-02-18+1 2024-04-07+1 2024-04-28+1 2024-05-11+1 2024-09-14+1 2024-09-29+1 2024-10-12+1'),
  (2025, '国办发明电〔2024〕12号',
    '2025-01-01+1 2025-01-28+8 2025-04-04+3 2025-05-01+5 2025-05-31+3 2025-10-01+8',
    '2025-01-26+1 2025-02-08+1 2025-04-27+1 2025-09-28+1 2025-10-11+1'),
  (2026, '国办发明电〔2025〕7号',
    '2026-01-01+3 2026-02-15+9 2026-04-04+3 2026-05-01+5 2026-06-19+3 2026-09-25+3 2026-10-01+7',
    '2026-01-04+1 2026-02-14+1 2026-02-28+1 2026-05-09+1 2026-09-20+1 2026-10-10+1')
) AS notice (year, document, off, worked);
DROP FUNCTION days_from(text);

CREATE TRIGGER holiday_years_append_only BEFORE UPDATE OR DELETE ON holiday_years
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Announces the holidays of a year for the area of the administrator who is signed in. False where somebody has
-- announced that year since the page was drawn, which knew all up to an id.
CREATE FUNCTION announce_holidays(place area_code, for_year integer, seen bigint, named text, off date[],
  worked date[], at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE called text;
BEGIN
  IF NOT administers_area('{system_admin}', place) THEN
    RAISE EXCEPTION 'not an area for this administrator' USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- One at a time: whoever comes second finds what the first has announced.
  PERFORM pg_advisory_xact_lock(4401);
  IF EXISTS (SELECT FROM holiday_years h WHERE h.area = place AND h.year = for_year AND h.id > seen) THEN
    RETURN false;
  END IF;
  SELECT a.display_name INTO called FROM sessions s JOIN accounts a ON a.id = s.account_id
  WHERE s.token_hash = shown_session();
  INSERT INTO holiday_years (area, year, document, days_off, workdays, set_by_name, set_at)
  VALUES (place, for_year, named, off, worked, called, audit_clock(at));
  RETURN true;
END $$;
GRANT EXECUTE ON FUNCTION
  announce_holidays(area_code, integer, bigint, text, date[], date[], timestamptz) TO portal_staff;
GRANT CREATE ON SCHEMA public TO portal_keeper;
ALTER FUNCTION announce_holidays(area_code, integer, bigint, text, date[], date[], timestamptz)
  OWNER TO portal_keeper;
REVOKE CREATE ON SCHEMA public FROM portal_keeper;

-- ---------------------------------------------------------------- terms

-- A term that a county's legal office has corrected, or confirmed; the last row of a clock holds, and every one before
-- stays.
CREATE TABLE clock_settings (
  area area_code NOT NULL REFERENCES areas,
  code text NOT NULL CONSTRAINT clock_settings_code_check CHECK (code IN (
    'campaign', 'sublet_objection', 'rescission', 'renewal', 'lease_silence', 'answer', 'moving',
    'market_rent_review', 'penalty_discovery', 'penalty_decision', 'penalty_service', 'public_notice',
    'reconsideration', 'suit', 'suit_untold', 'suit_after_review', 'enforcement', 'demand',
    'demand_wait', 'court_acceptance', 'court_ruling', 'court_hearing', 'suspension_review',
    'suspension_limit', 'agreement', 'no_application')),
  sequence integer NOT NULL CHECK (sequence > 0),
  count integer NOT NULL CHECK (count > 0),
  unit text NOT NULL CONSTRAINT clock_settings_unit_check
    CHECK (unit IN ('days', 'workdays', 'months', 'years')),
  reason text NOT NULL CHECK (char_length(reason) BETWEEN 2 AND 200),
  set_by bigint NOT NULL REFERENCES accounts,
  set_by_name text NOT NULL,
  set_at timestamptz NOT NULL,
  CONSTRAINT clock_settings_key PRIMARY KEY (area, code, sequence)
);
SELECT protect_by_area('clock_settings');
SELECT show_to_lower_areas('clock_settings');
GRANT SELECT, INSERT ON clock_settings TO portal_staff;
CREATE TRIGGER clock_settings_append_only BEFORE UPDATE OR DELETE ON clock_settings
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- ---------------------------------------------------------------- calendars

-- The secret address at which a calendar program reads what somebody has to do by when. Only the SHA-256 of its token
-- is kept; whoever has it reads on until it is revoked or the account disabled.
CREATE TABLE calendar_feeds (
  token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  account_id bigint NOT NULL REFERENCES accounts,
  made_at timestamptz NOT NULL,
  read_at timestamptz,
  revoked_at timestamptz
);
CREATE UNIQUE INDEX calendar_feeds_account_key ON calendar_feeds (account_id) WHERE revoked_at IS NULL;
ALTER TABLE calendar_feeds ENABLE ROW LEVEL SECURITY;
ALTER TABLE calendar_feeds FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON calendar_feeds TO portal_owner USING (true) WITH CHECK (true);
CREATE POLICY keeper ON calendar_feeds TO portal_keeper USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE (read_at, revoked_at) ON calendar_feeds TO portal_keeper;

-- Of whoever is signed in: the address that is open, if one is.
CREATE FUNCTION calendar_feed() RETURNS TABLE (made_at timestamptz, read_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT f.made_at, f.read_at FROM calendar_feeds f JOIN sessions s ON s.account_id = f.account_id
  WHERE s.token_hash = shown_session() AND f.revoked_at IS NULL;
END $$;

-- Revokes the address of whoever is signed in, and whether there was one.
CREATE FUNCTION close_calendar_feed(at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE calendar_feeds f SET revoked_at = audit_clock(at)
  FROM sessions s WHERE s.token_hash = shown_session() AND f.account_id = s.account_id AND f.revoked_at IS NULL;
  RETURN FOUND;
END $$;

-- Opens an address in the place of the one before. False where nobody is signed in.
CREATE FUNCTION open_calendar_feed(token bytea, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE owner_id bigint;
BEGIN
  SELECT s.account_id INTO owner_id FROM sessions s WHERE s.token_hash = shown_session();
  IF NOT FOUND THEN RETURN false; END IF;
  -- Of two at once one waits here, and closes what the other opened.
  PERFORM pg_advisory_xact_lock(4402, owner_id::integer);
  PERFORM close_calendar_feed(at);
  INSERT INTO calendar_feeds (token_hash, account_id, made_at) VALUES (token, owner_id, audit_clock(at));
  RETURN true;
END $$;

-- The account that an address belongs to, for who shows its token; that it was read is kept to the hour.
CREATE FUNCTION calendar_reader(token bytea, at timestamptz)
RETURNS TABLE (id bigint, account text, display_name text, role text, area area_code)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  UPDATE calendar_feeds f SET read_at = date_trunc('hour', at)
  WHERE f.token_hash = token AND f.revoked_at IS NULL AND f.read_at IS DISTINCT FROM date_trunc('hour', at);
  RETURN QUERY SELECT a.id, a.account, a.display_name, a.role, a.area
  FROM calendar_feeds f JOIN accounts a ON a.id = f.account_id
  WHERE f.token_hash = token AND f.revoked_at IS NULL AND a.disabled_at IS NULL;
END $$;

GRANT EXECUTE ON FUNCTION calendar_feed(), close_calendar_feed(timestamptz),
  open_calendar_feed(bytea, timestamptz), calendar_reader(bytea, timestamptz) TO portal_staff;
GRANT CREATE ON SCHEMA public TO portal_keeper;
ALTER FUNCTION calendar_feed() OWNER TO portal_keeper;
ALTER FUNCTION close_calendar_feed(timestamptz) OWNER TO portal_keeper;
ALTER FUNCTION open_calendar_feed(bytea, timestamptz) OWNER TO portal_keeper;
ALTER FUNCTION calendar_reader(bytea, timestamptz) OWNER TO portal_keeper;
REVOKE CREATE ON SCHEMA public FROM portal_keeper;
