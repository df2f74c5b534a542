-- As reviews_page, for one status, as ReviewRecord reads them: the open ones are few among all that were decided.
SELECT change_id, id, customer_id, from_tag, to_tag, rule, confidence, reasons, status, opened_at, decided_at, decided_by, decision_number, close_reason
FROM reviews
WHERE status = $4 AND ($1::timestamptz IS NULL OR (opened_at, id) < ($1, $2::uuid))
ORDER BY status DESC, opened_at DESC, id DESC
LIMIT $3
