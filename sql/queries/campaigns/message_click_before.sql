-- When a link of this action was followed last, and which.
SELECT last_at, last_link
FROM message_events
WHERE customer_id = $1 AND action_id = $2 AND event = 2 AND last_link IS NOT NULL
ORDER BY last_at DESC
LIMIT 1
