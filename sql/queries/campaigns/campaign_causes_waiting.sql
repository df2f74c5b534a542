-- What of a tag waits to be planned, the earliest first, with its ledger row where it is one; locked, and without what somebody else has locked.
SELECT c.customer_id, c.kind, c.number, c.due_at, c.at, c.alert, a.id, a.previous_tag, a.kind,
    NOT EXISTS (SELECT FROM customer_status_assignments b
        WHERE b.customer_id = c.customer_id AND b.tag = c.tag AND b.number < c.number AND b.undone_at IS NULL AND b.kind <> 6) AS first_time
FROM campaign_causes c
LEFT JOIN customer_status_assignments a ON a.customer_id = c.customer_id AND a.number = c.number AND c.kind = 0
WHERE c.tag = $1 AND c.planned_at IS NULL
ORDER BY c.due_at, c.customer_id, c.number
LIMIT $2
FOR UPDATE OF c SKIP LOCKED
