-- Releases (动态公布): figures frozen at a cut-off, prepared by one person, published by another.
-- The public login reads only what was made for the public, and only once it is published.

CREATE TABLE releases (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  area area_code NOT NULL REFERENCES areas,
  campaign_id bigint NOT NULL REFERENCES campaigns,
  cutoff_at timestamptz NOT NULL,
  figures jsonb NOT NULL,
  public_figures jsonb NOT NULL,
  state text NOT NULL DEFAULT 'prepared' CONSTRAINT releases_state_check
    CHECK (state IN ('prepared', 'published', 'discarded')),
  prepared_by bigint NOT NULL REFERENCES accounts,
  prepared_by_name text NOT NULL,
  published_by bigint REFERENCES accounts,
  published_by_name text,
  published_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT releases_second_person_check CHECK (published_by <> prepared_by),
  CHECK ((state = 'published') = (published_at IS NOT NULL)),
  CHECK ((published_at IS NULL) = (published_by IS NULL))
);
CREATE INDEX releases_area_idx ON releases (area, state, published_at DESC);
SELECT protect_by_area('releases');
GRANT SELECT, INSERT ON releases TO portal_staff;
GRANT UPDATE (state, published_by, published_by_name, published_at, version) ON releases TO portal_staff;
CREATE POLICY public_published ON releases FOR SELECT TO portal_public USING (state = 'published');
GRANT SELECT (id, area, cutoff_at, public_figures, state, published_at) ON releases TO portal_public;
