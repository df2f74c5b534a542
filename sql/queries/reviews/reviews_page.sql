-- Reviews of every status, newest first, of one assignee and towards one tag where they are given, as ReviewRecord reads them.
SELECT change_id, id, customer_id, from_tag, to_tag, rule, confidence, reasons, status, opened_at, decided_at, decided_by, decision_number, close_reason,
    coalesce(opened_reasons, reasons) AS opened_with,
    (SELECT a.id FROM customer_status_assignments a WHERE a.customer_id = reviews.customer_id AND a.number = transition_number) AS transition_id,
    assignee, note, alerts
FROM reviews
WHERE ($1::timestamptz IS NULL OR (opened_at, id) < ($1, $2::uuid)) AND ($4::text IS NULL OR assignee = $4) AND ($5::text IS NULL OR to_tag = $5)
ORDER BY opened_at DESC, id DESC
LIMIT $3
