-- Rows of a workbook that nobody sees who opens it: how many the last check met, and whether somebody who was told of
-- them has chosen to take them too.

ALTER TABLE imports
  ADD COLUMN hidden_rows bigint,
  ADD COLUMN takes_hidden boolean NOT NULL DEFAULT false;
