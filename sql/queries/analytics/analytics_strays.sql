-- For how many something was added who have no ledger.
SELECT count(*) FROM analytics_customers a
WHERE octet_length(a.contributions) > 2 AND NOT EXISTS (SELECT FROM customer_status_assignments l WHERE l.customer_id = a.customer_id)
