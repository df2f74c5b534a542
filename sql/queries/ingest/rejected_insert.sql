-- Keeps what was refused, so that nobody's data disappears unseen; of people who were erased, that something was, and nothing of it.
INSERT INTO rejected_events (received_at, code, message, message_id, customer_id, body)
SELECT $1, CASE WHEN gone THEN $9 ELSE code END, CASE WHEN gone THEN $10 ELSE message END, CASE WHEN NOT gone THEN message_id END,
    CASE WHEN NOT gone THEN customer_id END, CASE WHEN gone THEN '' ELSE body END
FROM (
    SELECT n.*, EXISTS (SELECT FROM tombstones t WHERE t.hash IN (n.customer_hash, n.anonymous_hash)) AS gone
    FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[], $8::bytea[])
        WITH ORDINALITY AS n (code, message, message_id, customer_id, body, customer_hash, anonymous_hash, place)
) AS refused
ORDER BY place;
