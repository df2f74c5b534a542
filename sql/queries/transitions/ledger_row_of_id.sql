-- One row of the ledger, as LedgerRow reads it.
SELECT id, customer_id, number, previous_tag, tag, at, due_at, rule, rule_id, rule_set_version, confidence, assigned_by, reason, kind, batch_id, decision_number,
    undone_at, undoes
FROM customer_status_assignments
WHERE id = $1
