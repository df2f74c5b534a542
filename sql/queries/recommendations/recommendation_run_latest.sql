-- The latest run, or none.
SELECT day, made_at, made_by, examined::text FROM recommendation_run
