-- Rejected events, newest first, below an id.
SELECT id, received_at, code, message, message_id, customer_id, body
FROM rejected_events
WHERE $1::bigint IS NULL OR id < $1
ORDER BY id DESC
LIMIT $2
