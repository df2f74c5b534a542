-- Whose figures may differ by a portion of the log and of the ledger, or because time has come; and whether the profile was written (type 23).
SELECT customer_id, bool_or(written)
FROM (
    SELECT customer_id, type = 23 AS written FROM activities WHERE xid >= $1 AND ($2::xid8 IS NULL OR xid < $2)
    UNION ALL
    SELECT customer_id, false FROM customer_status_assignments WHERE id > $3 AND id <= $4
    UNION ALL
    (SELECT customer_id, false FROM customer_foresight WHERE due_at <= $5 ORDER BY due_at LIMIT $6)
) AS changed
GROUP BY customer_id
