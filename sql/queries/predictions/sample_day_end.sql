-- How many samples a day has.
UPDATE prediction_sample_days SET rows = $2 WHERE day = $1
