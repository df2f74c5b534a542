-- The next customers after one in the ledger, those of persons who were erased too, and whether figures of theirs wait to be counted.
SELECT f.customer_id, EXISTS (SELECT FROM analytics_changed c WHERE c.customer_id = f.customer_id)
    OR (SELECT max(l.id) FROM customer_status_assignments l WHERE l.customer_id = f.customer_id) > (SELECT ledger FROM analytics_progress)
FROM (
    SELECT DISTINCT customer_id FROM customer_status_assignments WHERE customer_id > $1 ORDER BY customer_id LIMIT $2
) AS f
ORDER BY f.customer_id
