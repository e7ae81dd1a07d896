-- What the portal does to store a complaint without photos: the place, the complaint, the audit event.
\set id random(1, 9007199254740991)
\set number random(10000000, 99999999)
\set form random(1, 9007199254740991)
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SELECT pg_catalog.set_config('portal.follow_up', encode(sha256(int8send(:form)), 'hex'), true);
SELECT area FROM estates WHERE id = :estate AND area ^@ :area;
INSERT INTO complaints (id, area, number, kind, channel, estate_id, address, description,
  is_named, received_at, submission_hash, follow_up_hash, digest, signature, signing_key)
VALUES (:id, :area, '2021-' || :number, 'sublet', 'web', NULLIF(:estate::bigint, 0), '三栋二单元',
  '三栋二单元的住户把公租房租给了别人，每月收租金。', false, date_trunc('hour', now()),
  sha256(int8send(:form) || 's'), sha256(int8send(:form)), sha256(int8send(:id)),
  sha256(int8send(:id)) || sha256(int8send(:form)), 'bench')
ON CONFLICT DO NOTHING;
INSERT INTO audit_events (at, origin, account_id, account, role, area, address, action,
  entity, entity_id, before, after, result, reference)
VALUES (date_trunc('hour', now()), 'citizen', NULL, NULL, NULL, :area, NULL, 'complaint.create',
  'complaints', :id::text, NULL, '{"channel":"web","photos":"0"}'::jsonb, 'done', NULL);
COMMIT;
