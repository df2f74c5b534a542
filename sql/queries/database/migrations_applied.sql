-- The migrations this database has; the last column is null, or not there yet, where a build from before it applied them.
SELECT number, name, checksum, (to_jsonb(m) ->> 'runs_from')::integer FROM schema_migrations m ORDER BY number
