-- A household that an extract names in a row that cannot be read is neither answered by the other rows nor
-- taken for one that the extract does not name: its result stays open.
ALTER TABLE delivery_answers ALTER COLUMN result DROP NOT NULL;
