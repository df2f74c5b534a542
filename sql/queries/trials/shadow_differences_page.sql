-- Where two versions differed, the latest first, before a place where one is given.
SELECT customer_id, at, tag, live_action, live_to, shadow_action, shadow_to, times
FROM shadow_differences
WHERE live_version = $1 AND shadow_version = $2 AND ($3::timestamptz IS NULL OR (at, customer_id) < ($3, $4::text))
ORDER BY at DESC, customer_id DESC
LIMIT $5
