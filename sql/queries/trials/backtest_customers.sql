-- The next customers of a shard.
SELECT customer_id
FROM customer_states
WHERE shard = $1 AND customer_id > $2
ORDER BY customer_id
LIMIT $3
