-- The number of the live model; no row where none was ever put live.
SELECT number FROM prediction_lives ORDER BY id DESC LIMIT 1
