-- The card of a model.
SELECT card::text FROM prediction_models WHERE number = $1
