-- The open review of a customer, if there is one, as ReviewRecord reads it.
SELECT change_id, id, customer_id, from_tag, to_tag, rule, confidence, reasons, status, opened_at, decided_at, decided_by, decision_number, close_reason
FROM reviews
WHERE customer_id = $1 AND status = 'open'
