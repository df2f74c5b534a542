-- Keeps what was refused, so that nobody's data disappears unseen.
INSERT INTO rejected_events (received_at, code, message, message_id, customer_id, body)
SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]);
