-- Ledger rows that stand of the next customers whom a rule set version moved since an instant, in order, and whether it was that.
WITH page AS (
    SELECT DISTINCT customer_id
    FROM customer_status_assignments
    WHERE rule_set_version = $1 AND at >= $4 AND undone_at IS NULL AND kind IN (1, 2, 3) AND customer_id > $2
    ORDER BY customer_id
    LIMIT $3
)
SELECT a.customer_id, a.number, a.id, coalesce(a.rule_set_version = $1 AND a.at >= $4 AND a.kind IN (1, 2, 3), false)
FROM page
JOIN customer_status_assignments a USING (customer_id)
WHERE a.undone_at IS NULL AND a.kind <> 6 AND a.previous_tag IS NOT NULL
ORDER BY a.customer_id, a.number
