-- The record of the last decision between two instants that opened a review of a customer or changed it, and its number.
SELECT number, record::text
FROM decisions
WHERE customer_id = $1 AND at >= $2 AND at <= $3 AND record -> 'outcome' ->> 'action' IN ('review_opened', 'review_kept')
ORDER BY number DESC
LIMIT 1
