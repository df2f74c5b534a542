-- Forgets the samples of before a day.
WITH days AS (DELETE FROM prediction_sample_days WHERE day < $1)
DELETE FROM prediction_samples WHERE day < $1
