-- What is owed and paid on a case: entries that stay, and a plan of instalments.

CREATE TABLE case_entries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  area area_code NOT NULL REFERENCES areas,
  case_id bigint NOT NULL REFERENCES cases,
  kind text NOT NULL CONSTRAINT case_entries_kind_check
    CHECK (kind IN ('charge', 'payment', 'correction')),
  item text NOT NULL CONSTRAINT case_entries_item_check CHECK (item IN (
    'rent', 'market_rent', 'fine', 'illegal_gains', 'damage', 'bills', 'other')),
  -- In yuan. Below zero in a correction alone.
  amount numeric(12, 2) NOT NULL,
  on_day date NOT NULL,
  note text NOT NULL CHECK (char_length(note) BETWEEN 2 AND 300),
  entered_by bigint NOT NULL REFERENCES accounts,
  entered_by_name text NOT NULL,
  entered_at timestamptz NOT NULL,
  CONSTRAINT case_entries_amount_check CHECK (
    amount <> 0 AND (amount > 0 OR kind = 'correction') AND abs(amount) <= 9999999.99)
);
CREATE INDEX case_entries_case_idx ON case_entries (case_id, on_day, id);
SELECT protect_by_area('case_entries');
GRANT SELECT, INSERT ON case_entries TO portal_staff;
CREATE TRIGGER case_entries_append_only BEFORE UPDATE OR DELETE ON case_entries
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- By when how much is paid (执行协议); the last plan holds.
CREATE TABLE case_instalments (
  area area_code NOT NULL REFERENCES areas,
  case_id bigint NOT NULL REFERENCES cases,
  plan integer NOT NULL CHECK (plan > 0),
  part integer NOT NULL CHECK (part BETWEEN 1 AND 60),
  due_on date NOT NULL,
  amount numeric(12, 2) NOT NULL CHECK (amount > 0),
  agreed_on date NOT NULL,
  set_by bigint NOT NULL REFERENCES accounts,
  set_by_name text NOT NULL,
  set_at timestamptz NOT NULL,
  CONSTRAINT case_instalments_key PRIMARY KEY (case_id, plan, part)
);
SELECT protect_by_area('case_instalments');
GRANT SELECT, INSERT ON case_instalments TO portal_staff;
CREATE TRIGGER case_instalments_append_only BEFORE UPDATE OR DELETE ON case_instalments
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
