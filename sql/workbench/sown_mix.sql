-- How many rows of the log, of the ledger and of the decisions the customers before $2 got in the $3 days before an instant.
SELECT (SELECT count(*) FROM activities WHERE customer_id < $2 AND recorded_at > since)::float8,
    (SELECT count(*) FROM customer_status_assignments WHERE customer_id < $2 AND at > since)::float8,
    (SELECT count(*) FROM decisions WHERE customer_id < $2 AND at > since)::float8
FROM (SELECT $1::timestamptz - make_interval(days => $3) AS since) AS span
