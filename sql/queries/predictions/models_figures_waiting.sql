-- The newest model that was put live, while the figures of customers were not asked to be made with it and every process has read it.
SELECT id FROM prediction_lives
WHERE id = (SELECT max(id) FROM prediction_lives) AND NOT figures AND put_at <= now() - make_interval(secs => $1)
