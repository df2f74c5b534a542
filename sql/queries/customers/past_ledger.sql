-- A customer's ledger as it was at an instant, ascending, as LedgerRow reads it.
SELECT id, customer_id, number, previous_tag, tag, at, due_at, rule, rule_id, rule_set_version, confidence, assigned_by, reason, kind, batch_id, decision_number,
    CASE WHEN undone_at <= $2 THEN undone_at END, undoes
FROM customer_status_assignments
WHERE customer_id = $1 AND at <= $2
ORDER BY number
