-- What an answer's record says besides what is sealed in it.
ALTER TABLE check_records
  -- Whether it held on the day for which the bureau vouches: a home that was sold before, or whose entry was closed, is no
  -- hit.
  ADD COLUMN holds boolean NOT NULL DEFAULT true,
  -- Whether its row has a tenant's ID number and not the tenant's name: whoever judges it is told, and asked whether it is
  -- the same person. The name is not kept, for it may be that of somebody who is in no register of ours.
  ADD COLUMN name_differs boolean NOT NULL DEFAULT false;
