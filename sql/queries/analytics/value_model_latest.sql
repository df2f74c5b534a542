-- The model of the latest day.
SELECT day, payers, model::text FROM value_models ORDER BY day DESC LIMIT 1
