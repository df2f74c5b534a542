-- Reviews, newest first; a null status lets all pass.
SELECT change_id, id, customer_id, from_tag, to_tag, rule, confidence, reasons, status, opened_at, decided_at, decided_by, decision_number, close_reason
FROM reviews
WHERE ($1::text IS NULL OR status = $1) AND ($2::timestamptz IS NULL OR (opened_at, id) < ($2, $3::uuid))
ORDER BY opened_at DESC, id DESC
LIMIT $4
