-- The number of the next model; numbers of forgotten ones do not come again while a later one is kept.
SELECT greatest(coalesce((SELECT max(number) FROM prediction_models), 0), coalesce((SELECT max(number) FROM prediction_lives), 0),
    coalesce((SELECT max(model) FROM prediction_training_runs), 0)) + 1
