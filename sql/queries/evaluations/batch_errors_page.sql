-- Who could not be evaluated in a batch, in the order of ids behind one.
SELECT customer_id, code, at
FROM evaluation_batch_errors
WHERE batch_id = $1 AND customer_id > $2
ORDER BY customer_id
LIMIT $3
