-- Sessions of the product on this database, in an order that depends on a seed; with a name only those of one pool.
SELECT pid
FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND application_name <> current_setting('application_name')
    AND ($2 = '' OR application_name = $2)
ORDER BY md5(pid::text || $1)
