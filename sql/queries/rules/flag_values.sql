-- What the operators switched.
SELECT name, value::text
FROM flags
