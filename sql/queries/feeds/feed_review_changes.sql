-- Reviews opened, changed or closed since a change number, as ReviewRecord reads them.
SELECT change_id, id, customer_id, from_tag, to_tag, rule, confidence, reasons, status, opened_at, decided_at, decided_by, decision_number, close_reason
FROM reviews
WHERE change_id > $1
ORDER BY change_id
LIMIT $2
