-- Remembers whom statements name beside their actors.
INSERT INTO xapi_mentions (customer_id, realm, statement_id)
SELECT customer_id, $1, statement_id FROM unnest($2::text[], $3::uuid[]) AS n (customer_id, statement_id)
ON CONFLICT DO NOTHING
