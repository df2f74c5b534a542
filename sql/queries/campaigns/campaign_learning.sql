-- The latest learner activities since an instant of some customers, newest first of each.
SELECT n.customer_id, a.type, a.subject, a.score, a.occurred_at, a.received_at, a.name
FROM unnest($1::text[]) AS n (customer_id)
CROSS JOIN LATERAL (
    SELECT type, subject, score, occurred_at, received_at, properties ->> 'name' AS name
    FROM activities
    WHERE customer_id = n.customer_id AND type BETWEEN 1 AND 12 AND received_at > $2
    ORDER BY occurred_at DESC
    LIMIT $3
) AS a
ORDER BY n.customer_id, a.occurred_at DESC
