-- The first and the last day of which there are samples with features, from a day on.
SELECT min(day), max(day) FROM prediction_samples WHERE day >= $1 AND features IS NOT NULL
