-- Ledger rows that stand of the next customers of whom a batch wrote some, in order, and whether the batch wrote them.
WITH page AS (
    SELECT DISTINCT customer_id
    FROM customer_status_assignments
    WHERE batch_id = $1 AND undone_at IS NULL AND kind IN (1, 2, 3, 5) AND customer_id > $2
    ORDER BY customer_id
    LIMIT $3
)
SELECT a.customer_id, a.number, a.id, coalesce(a.batch_id = $1, false)
FROM page
JOIN customer_status_assignments a USING (customer_id)
WHERE a.undone_at IS NULL AND a.kind <> 6 AND a.previous_tag IS NOT NULL
ORDER BY a.customer_id, a.number
