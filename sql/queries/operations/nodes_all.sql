-- The processes that are there or died lately, and whether one has been silent for too many seconds.
SELECT name, address, version, phase, started_at, seen_at, seen_at < now() - make_interval(secs => $1)
FROM nodes
ORDER BY name
