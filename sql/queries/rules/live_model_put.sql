-- Puts a model live that is there.
INSERT INTO prediction_lives (number, at, who, reason)
SELECT $1, $2, $3, $4
WHERE $1 = 0 OR EXISTS (SELECT FROM prediction_models WHERE number = $1)
