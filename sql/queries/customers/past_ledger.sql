-- A customer's ledger as it was at an instant, ascending, as LedgerRow reads it.
SELECT id, customer_id, number, previous_tag, tag, at, due_at, rule, rule_id, rule_set_version, confidence, assigned_by, reason, kind, batch_id, decision_number,
    known.undone_at, undoes
FROM customer_status_assignments a
CROSS JOIN LATERAL (SELECT CASE WHEN a.undone_at <= $2 THEN a.undone_at END AS undone_at) AS known
WHERE customer_id = $1 AND at <= $2
ORDER BY number
