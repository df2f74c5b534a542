-- Lets one process migrate at a time; the others wait and then find nothing to do.
SELECT 1 FROM (SELECT pg_advisory_lock(5020260001)) held
