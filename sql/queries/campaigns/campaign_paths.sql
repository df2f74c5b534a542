-- The ledger rows that stand of some customers, the oldest first: tag and since when.
SELECT customer_id, number, id, tag, previous_tag, at, due_at, rule, reason
FROM customer_status_assignments
WHERE customer_id = ANY ($1) AND undone_at IS NULL AND kind <> 6
ORDER BY customer_id, number DESC
