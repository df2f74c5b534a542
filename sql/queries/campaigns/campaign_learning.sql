-- A customer's latest learner activities since an instant, newest first.
SELECT type, subject, score, occurred_at, properties ->> 'name'
FROM activities
WHERE customer_id = $1 AND type BETWEEN 1 AND 12 AND received_at > $2
ORDER BY occurred_at DESC
LIMIT $3
