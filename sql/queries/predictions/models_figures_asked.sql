-- The figures of customers were asked to be made with the models that were put live so far.
UPDATE prediction_lives SET figures = true WHERE id <= $1 AND NOT figures
