-- A review for every tenth of them: one of twenty is open, the others were decided within three days.
INSERT INTO reviews (customer_id, id, from_tag, to_tag, rule_id, rule, confidence, reasons, status, opened_at, decided_at, decided_by, decision_number)
SELECT a.customer_id, gen_random_uuid(), a.previous_tag, a.tag, 4, 'rule 4', 0.8, ARRAY['low_confidence'], status, a.due_at,
    CASE WHEN status <> 'open' THEN a.due_at + n % 72 * interval '1 hour' END, CASE WHEN status <> 'open' THEN 'somebody' END, 1
FROM customer_status_assignments a
CROSS JOIN LATERAL (SELECT substring(a.customer_id FROM 5)::int AS n) AS numbered
CROSS JOIN LATERAL (SELECT (ARRAY['open', 'approved', 'rejected', 'superseded', 'withdrawn'])[1 + CASE WHEN n % 200 = 0 THEN 0 ELSE 1 + n / 10 % 4 END] AS status) AS s
WHERE a.number = 4 AND a.customer_id LIKE 'pop-%' AND n % 10 = 0
