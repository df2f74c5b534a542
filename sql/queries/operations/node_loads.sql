-- The processes that are there or died lately, whether one has been silent for too many seconds, and what it said of its load when it was last heard of.
SELECT name, address, version, phase, started_at, seen_at, seen_at < now() - make_interval(secs => $1), CASE WHEN load_at = seen_at THEN load::text END
FROM nodes
ORDER BY name
