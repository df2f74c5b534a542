-- Messages in a customer's inbox, newest first, before an id.
SELECT id, action_id, at, title, body, link, read_at
FROM inbox_messages
WHERE customer_id = $1 AND id < $2
ORDER BY id DESC
LIMIT $3
