-- Ties anonymous ids to customers, in order, so that two requests never wait for each other; the first tie of an id stands.
INSERT INTO anonymous_identities (anonymous_id, customer_id, tied_at)
SELECT anonymous_id, customer_id, $1 FROM unnest($2::text[], $3::text[]) AS new (anonymous_id, customer_id)
ORDER BY anonymous_id
ON CONFLICT DO NOTHING;
