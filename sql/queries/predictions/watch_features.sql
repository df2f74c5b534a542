-- Features of the newest samples, from a day on, up to a bound.
SELECT features FROM prediction_samples WHERE day >= $1 AND features IS NOT NULL ORDER BY day DESC, customer_id LIMIT $2
