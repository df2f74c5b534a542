-- What customers are expected to pay, as of the latest day up to one, by status and tier.
SELECT day, tag, tier, customers, value, variance, together FROM value_days
WHERE day = (SELECT day FROM value_models WHERE day <= $1 ORDER BY day DESC LIMIT 1)
