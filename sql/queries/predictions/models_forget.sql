-- Forgets models that so many newer ones came after, but for the one that is live.
DELETE FROM prediction_models
WHERE number IN (SELECT number FROM prediction_models ORDER BY number DESC OFFSET $1)
    AND number IS DISTINCT FROM (SELECT number FROM prediction_lives ORDER BY id DESC LIMIT 1)
