-- The newest day of which samples were taken.
SELECT max(day) FROM prediction_sample_days
