-- What the audit says of people is what the database knows: the time is its own, name and role are those of the account,
-- and the address is the one that the session was seen at. An event says what stood behind it; where nothing did, that
-- is seen.

-- 'session', 'token' or 'job'; NULL for attempts to sign in, for commands, and for whatever else showed nothing.
ALTER TABLE audit_events
  ADD COLUMN proof text CONSTRAINT audit_events_proof_check CHECK (proof IN ('session', 'token', 'job'));

-- Numbers without holes for whoever reads them: events of citizens, and of inspectors who read complaints, are not among
-- those that the audit administrator sees, so that they must not be counted with them. They get random numbers, and no
-- number is drawn before it is known whose event it is.
ALTER TABLE audit_events ALTER id DROP IDENTITY;
CREATE SEQUENCE audit_event_numbers OWNED BY audit_events.id;
SELECT setval('audit_event_numbers',
  coalesce((SELECT max(id) FROM audit_events WHERE id < 1099511627776), 0) + 1, false);
GRANT USAGE ON SEQUENCE audit_event_numbers TO portal_keeper;

-- The time of an event. The argument is what the program takes for now; it is not believed.
CREATE FUNCTION audit_clock(claimed timestamptz) RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
  SELECT clock_timestamp();
$$;

CREATE POLICY keeper ON api_tokens FOR SELECT TO portal_keeper USING (true);
CREATE POLICY keeper ON jobs FOR SELECT TO portal_keeper USING (true);
GRANT SELECT ON api_tokens, jobs TO portal_keeper;

-- What stands behind an account that acts, of what the program shows; NULL for nothing.
CREATE FUNCTION proof_of(acting bigint, OUT kind text, OUT address text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  shown text := current_setting('portal.proof', true);
  value text := split_part(shown, ':', 2);
BEGIN
  CASE split_part(shown, ':', 1)
    WHEN 'session' THEN
      SELECT 'session', s.address INTO kind, address FROM sessions s
      WHERE s.token_hash = decode(value, 'hex') AND s.account_id = acting;
    WHEN 'token' THEN
      SELECT 'token' INTO kind FROM api_tokens t
      WHERE t.token_hash = decode(value, 'hex') AND t.account_id = acting AND t.revoked_at IS NULL;
    WHEN 'job' THEN
      SELECT 'job', j.terms ->> 'address' INTO kind, address FROM jobs j
      WHERE j.id = value::bigint AND j.account_id = acting AND j.state = 'running';
    ELSE
      NULL;
  END CASE;
END $$;

CREATE FUNCTION complete_audit_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  is_login boolean := session_user IN ('portal_staff', 'portal_public', 'portal_inspector');
  actor record;
  behind record;
BEGIN
  IF is_login THEN
    NEW.id := NULL;
    NEW.proof := NULL;
    NEW.at := audit_clock(NEW.at);
    IF NEW.origin = 'citizen' THEN
      -- The hour begins in China when it begins in Greenwich.
      NEW.at := date_trunc('hour', NEW.at);
    ELSIF NEW.account_id IS NOT NULL THEN
      SELECT a.account, a.role, a.area INTO actor FROM accounts a WHERE a.id = NEW.account_id;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'an event of no account' USING ERRCODE = 'insufficient_privilege';
      END IF;
      NEW.account := actor.account;
      NEW.role := actor.role;
      IF NOT NEW.area ^@ actor.area::text THEN NEW.area := actor.area; END IF;
      behind := proof_of(NEW.account_id);
      NEW.proof := behind.kind;
      IF behind.kind IS NOT NULL THEN NEW.address := coalesce(behind.address, NEW.address); END IF;
    END IF;
  END IF;
  IF NEW.id IS NULL THEN
    IF NEW.origin = 'citizen' OR NEW.role IS NOT DISTINCT FROM 'inspector' AND NEW.entity = 'complaints' THEN
      -- Above 2^40, of a generator whose numbers do not tell what came before: those of random() do.
      NEW.id := 1099511627776
        + ('x' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 12))::bit(48)::bigint;
    ELSE
      NEW.id := nextval('audit_event_numbers');
    END IF;
  END IF;
  RETURN NEW;
END $$;

GRANT CREATE ON SCHEMA public TO portal_keeper;
ALTER FUNCTION audit_clock(timestamptz) OWNER TO portal_keeper;
ALTER FUNCTION proof_of(bigint) OWNER TO portal_keeper;
CREATE TRIGGER audit_events_completed BEFORE INSERT ON audit_events
  FOR EACH ROW EXECUTE FUNCTION complete_audit_event();
ALTER FUNCTION complete_audit_event() OWNER TO portal_keeper;
REVOKE CREATE ON SCHEMA public FROM portal_keeper;
