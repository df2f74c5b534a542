-- Keeps the model of a day, and of those before the latest so many.
WITH stored AS (
    INSERT INTO value_models (day, made_at, payers, model) VALUES ($1, $2, $3, $4::jsonb)
    ON CONFLICT (day) DO UPDATE SET made_at = excluded.made_at, payers = excluded.payers, model = excluded.model
)
DELETE FROM value_models WHERE day < (SELECT day FROM value_models ORDER BY day DESC OFFSET $5 LIMIT 1)
