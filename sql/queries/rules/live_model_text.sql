-- A model as it was stored.
SELECT model FROM prediction_models WHERE number = $1
