-- A customer's ledger, as far as taking rows back depends on it.
SELECT number, previous_tag, tag, due_at, kind, undone_at IS NOT NULL
FROM customer_status_assignments
WHERE customer_id = $1
ORDER BY number
