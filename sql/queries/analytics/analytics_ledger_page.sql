-- Whose rows come next in the ledger, the last of them, and whether what was added for the customer has it already.
SELECT n.customer_id, n.last, coalesce(a.ledger >= n.last, false)
FROM (
    SELECT p.customer_id, max(p.id) AS last
    FROM (SELECT id, customer_id FROM customer_status_assignments WHERE id > $1 ORDER BY id LIMIT $2) AS p
    GROUP BY p.customer_id
) AS n
LEFT JOIN analytics_customers a ON a.customer_id = n.customer_id
