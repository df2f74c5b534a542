-- What of a customer waits to be planned, in order, with its ledger row where it is one; nothing is locked.
SELECT c.customer_id, c.kind, c.number, c.due_at, c.at, c.alert, a.id, a.previous_tag, a.kind,
    NOT EXISTS (SELECT FROM customer_status_assignments b
        WHERE b.customer_id = c.customer_id AND b.tag = c.tag AND b.number < c.number AND b.undone_at IS NULL AND b.kind <> 6) AS first_time,
    c.tag
FROM campaign_causes c
LEFT JOIN customer_status_assignments a ON a.customer_id = c.customer_id AND a.number = c.number AND c.kind = 0
WHERE c.customer_id = $1 AND c.planned_at IS NULL
ORDER BY c.due_at, c.number
