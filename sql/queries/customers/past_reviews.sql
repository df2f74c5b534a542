-- A customer's reviews that were open at an instant or rejected since another one before it, as ReviewRecord reads them; then the rule's id.
SELECT change_id, id, customer_id, from_tag, to_tag, rule, confidence, reasons, status, opened_at, decided_at, decided_by, decision_number, close_reason,
    coalesce(opened_reasons, reasons) AS opened_with,
    (SELECT a.id FROM customer_status_assignments a WHERE a.customer_id = reviews.customer_id AND a.number = transition_number) AS transition_id,
    assignee, note, alerts, rule_id
FROM reviews
WHERE customer_id = $1 AND opened_at <= $2 AND (decided_at IS NULL OR decided_at > $2 OR (status = 'rejected' AND decided_at > $3))
ORDER BY opened_at
