-- How much the figures have not taken in, up to a bound: entries of the log, and whether there are ledger rows or due customers. Each is asked for in the
-- order of its index: a plan made for unknown values would expect a third of all rows, and look through them.
SELECT (SELECT count(*) FROM (SELECT FROM activities WHERE xid >= $1 ORDER BY xid LIMIT $4) AS waiting)
    + coalesce((SELECT max(id) FROM customer_status_assignments) > $2, false)::int
    + coalesce((SELECT min(due_at) FROM customer_foresight WHERE due_at IS NOT NULL) <= $3, false)::int
