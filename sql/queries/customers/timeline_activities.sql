-- A customer's log before a place of the timeline, newest first.
SELECT occurred_at, message_id, received_at, type, event, properties
FROM activities
WHERE customer_id = $1 AND ($2::timestamptz IS NULL OR (occurred_at, 0, message_id) < ($2, $3::integer, $4::text))
ORDER BY occurred_at DESC, message_id DESC
LIMIT $5
