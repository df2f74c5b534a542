-- Which silos stand at a step of a send, and the session of each.
SELECT objid::integer, pid FROM pg_locks WHERE locktype = 'advisory' AND classid = $1::integer::oid AND objsubid = 2 AND NOT granted
