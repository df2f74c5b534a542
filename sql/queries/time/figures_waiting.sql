-- How much the figures have not taken in, up to a bound: entries of the log, and whether there are ledger rows or due customers.
SELECT (SELECT count(*) FROM (SELECT FROM activities WHERE xid >= $1 LIMIT $4) AS waiting)
    + EXISTS (SELECT FROM customer_status_assignments WHERE id > $2)::int + EXISTS (SELECT FROM customer_figures WHERE due_at <= $3)::int
