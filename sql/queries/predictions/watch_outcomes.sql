-- What was said with a model and what became of it, from a day on, up to a bound.
SELECT customer_id, probability, silent FROM prediction_samples
WHERE model = $1 AND day >= $2 AND silent IS NOT NULL
ORDER BY day DESC, customer_id
LIMIT $3
