-- Ties anonymous ids to customers, in order, so that two requests never wait for each other; the first tie of an id stands, and who was erased gets none.
INSERT INTO anonymous_identities (anonymous_id, customer_id, tied_at)
SELECT anonymous_id, customer_id, $1
FROM unnest($2::text[], $3::text[], $4::bytea[], $5::bytea[]) AS new (anonymous_id, customer_id, anonymous_hash, customer_hash)
WHERE NOT EXISTS (SELECT FROM tombstones t WHERE t.hash IN (anonymous_hash, customer_hash))
ORDER BY anonymous_id
ON CONFLICT DO NOTHING;
