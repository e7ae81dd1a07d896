-- What a request with an idempotency key was answered is kept for some days, and no longer than it serves.
GRANT DELETE ON api_requests TO portal_staff;
CREATE INDEX api_requests_at_idx ON api_requests (token_id, at);
