-- Lets one transaction of a kind run at a time, until it ends; the others wait.
SELECT 1 FROM (SELECT pg_advisory_xact_lock($1)) held
