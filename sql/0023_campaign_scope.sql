-- Whose homes a campaign looks at: those that the government paid for, or all that are let. Who rents another one has no
-- doubts and no case, and stands in no round.
ALTER TABLE campaigns
  ADD COLUMN scope text NOT NULL DEFAULT 'government'
    CONSTRAINT campaigns_scope_check CHECK (scope IN ('government', 'all')),
  ADD COLUMN version integer NOT NULL DEFAULT 1;
