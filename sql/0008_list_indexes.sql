-- Indexes for the register's lists: each filter gives its first page without reading the whole county.

CREATE INDEX homes_estate_order_idx ON homes (estate_id, area, id);
CREATE INDEX homes_state_order_idx ON homes (state, area, id);
CREATE INDEX households_merged_idx ON households (area, id) WHERE merged_into IS NOT NULL;
CREATE INDEX findings_open_idx ON findings (area, household_id) WHERE state = 'open';
CREATE INDEX leases_ends_on_idx ON leases (ends_on) WHERE state = 'running';
-- The beginning of a contract number is a range in the order of code points, whatever the database's.
CREATE INDEX leases_contract_prefix_idx ON leases (contract_number COLLATE "C");
