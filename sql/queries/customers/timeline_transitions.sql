-- A customer's ledger rows before a place of the timeline, newest first, as LedgerRow reads them.
SELECT id, customer_id, number, previous_tag, tag, at, due_at, rule, rule_id, rule_set_version, confidence, assigned_by, reason, kind, batch_id, decision_number,
    undone_at, undoes
FROM customer_status_assignments
WHERE customer_id = $1 AND ($2::timestamptz IS NULL OR (at, 3, to_char(number, 'FM0000000000')) < ($2, $3::integer, $4::text))
ORDER BY at DESC, number DESC
LIMIT $5
