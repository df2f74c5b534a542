-- Ends some connections of the product to this database, whatever they are doing; which ones depends on a seed.
SELECT count(pg_terminate_backend(pid))
FROM (
    SELECT pid
    FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND application_name <> current_setting('application_name')
    ORDER BY md5(pid::text || $1)
    LIMIT $2
) AS chosen
