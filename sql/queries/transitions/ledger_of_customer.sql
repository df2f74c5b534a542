-- A customer's latest ledger rows, newest first, as LedgerRow reads them.
SELECT id, customer_id, number, previous_tag, tag, at, due_at, rule, rule_id, rule_set_version, confidence, assigned_by, reason, kind, batch_id, decision_number,
    undone_at, undoes
FROM customer_status_assignments
WHERE customer_id = $1
ORDER BY number DESC
LIMIT $2
