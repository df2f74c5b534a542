-- The outcomes of a day are stored.
UPDATE prediction_sample_days SET outcomes = true WHERE day = $1
