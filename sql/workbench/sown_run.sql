-- When a daily run began and when it ended; no row where it was not opened.
SELECT started_at, finished_at FROM evaluation_batches WHERE id = $1
