-- At how many instants between two of them something was decided about a customer.
SELECT count(*)
FROM (
    SELECT at FROM decisions WHERE customer_id = $1
    UNION SELECT due_at FROM customer_status_assignments WHERE customer_id = $1
    UNION SELECT decided_at FROM reviews WHERE customer_id = $1
) AS decided (at)
WHERE at > $2 AND at <= $3
