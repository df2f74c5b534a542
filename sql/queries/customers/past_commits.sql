-- At how many instants between two of them something was decided about a customer, or a review of it called for attention.
SELECT count(*)
FROM (
    SELECT at FROM decisions WHERE customer_id = $1
    UNION SELECT due_at FROM customer_status_assignments WHERE customer_id = $1
    UNION SELECT decided_at FROM reviews WHERE customer_id = $1
    UNION SELECT opened_at + wait FROM reviews, unnest(ARRAY[interval '24 hours', interval '72 hours']) WITH ORDINALITY AS w (wait, alert)
        WHERE customer_id = $1 AND alert <= alerts
) AS decided (at)
WHERE at > $2 AND at <= $3
