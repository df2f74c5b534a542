-- The ledger of some customers, in order.
SELECT customer_id, number, previous_tag, tag, due_at, is_current, valid_until
FROM customer_status_assignments
WHERE customer_id = ANY ($1)
ORDER BY customer_id, number
