-- Inserts statements that nobody else has inserted under their ids; they are seen once they are recorded.
INSERT INTO xapi_statements (customer_id, realm, statement_id, stored, told_at, fingerprint, voids, target, keys, statement)
SELECT n.customer_id, $1, n.statement_id, $2, n.told_at, n.fingerprint, n.voids, n.target,
    coalesce(ARRAY(SELECT k.key FROM unnest($9::integer[], $10::bigint[]) AS k (place, key) WHERE k.place = n.place), '{}'), n.statement::json
FROM unnest($3::text[], $4::uuid[], $5::timestamptz[], $6::bytea[], $7::boolean[], $8::uuid[], $11::text[])
    WITH ORDINALITY AS n (customer_id, statement_id, told_at, fingerprint, voids, target, statement, place)
ORDER BY n.place
ON CONFLICT DO NOTHING
