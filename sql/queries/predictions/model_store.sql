-- Stores a model; it is not live by that.
INSERT INTO prediction_models (number, made_at, made_by, run_id, source, model, card) VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb)
