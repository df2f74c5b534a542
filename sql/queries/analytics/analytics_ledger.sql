-- The ledger of some customers, ascending.
SELECT customer_id, number, previous_tag, tag, at, due_at, kind, undone_at, id, CASE WHEN NOT is_current THEN valid_until END
FROM customer_status_assignments
WHERE customer_id = ANY ($1)
ORDER BY customer_id, number
