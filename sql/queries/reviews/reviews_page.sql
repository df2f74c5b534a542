-- Reviews of every status, newest first, as ReviewRecord reads them.
SELECT change_id, id, customer_id, from_tag, to_tag, rule, confidence, reasons, status, opened_at, decided_at, decided_by, decision_number, close_reason
FROM reviews
WHERE $1::timestamptz IS NULL OR (opened_at, id) < ($1, $2::uuid)
ORDER BY opened_at DESC, id DESC
LIMIT $3
