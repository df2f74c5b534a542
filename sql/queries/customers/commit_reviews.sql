-- Reviews opened, changed or closed; the reasons it was opened with stay, and so do the assignee and a note that is not replaced.
INSERT INTO reviews (customer_id, id, from_tag, to_tag, rule_id, rule, confidence, reasons, status, opened_at, decided_at, decided_by, close_reason,
    transition_number, decision_number, opened_reasons, note, alerts)
SELECT customer_id, id, from_tag, to_tag, rule_id, rule, confidence, string_to_array(reasons, ','), status, opened_at, decided_at, decided_by, close_reason,
    transition_number, decision_number, string_to_array(opened_reasons, ','), note, alerts
FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::integer[], $6::text[], $7::numeric[], $8::text[], $9::text[], $10::timestamptz[],
        $11::timestamptz[], $12::text[], $13::text[], $14::integer[], $15::integer[], $16::text[], $17::text[], $18::smallint[])
    WITH ORDINALITY AS n (customer_id, id, from_tag, to_tag, rule_id, rule, confidence, reasons, status, opened_at, decided_at, decided_by, close_reason,
        transition_number, decision_number, opened_reasons, note, alerts, place)
ORDER BY place
ON CONFLICT (customer_id, id) DO UPDATE SET
    from_tag = excluded.from_tag, to_tag = excluded.to_tag, rule_id = excluded.rule_id, rule = excluded.rule, confidence = excluded.confidence,
    reasons = excluded.reasons, status = excluded.status, opened_at = excluded.opened_at, decided_at = excluded.decided_at,
    decided_by = excluded.decided_by, close_reason = excluded.close_reason, transition_number = excluded.transition_number,
    decision_number = excluded.decision_number, change_id = excluded.change_id,
    alerts = excluded.alerts, note = coalesce(excluded.note, reviews.note)
