-- New rows of the ledger, in order; answers their ids.
INSERT INTO customer_status_assignments (customer_id, number, tag, previous_tag, at, due_at, rule_id, rule, rule_set_version, confidence, assigned_by, kind,
    reason, batch_id, decision_number, automation_metadata, is_current, valid_until, undoes)
SELECT customer_id, number, tag, previous_tag, at, due_at, rule_id, rule, rule_set_version, confidence, assigned_by, kind, reason, batch_id, decision_number,
    jsonb_strip_nulls(jsonb_build_object('kind', kind, 'rule', rule_id, 'ruleSetVersion', rule_set_version, 'decision', decision_number, 'batch', batch_id)),
    is_current, valid_until,
    (SELECT a.id FROM customer_status_assignments a WHERE a.customer_id = n.customer_id AND a.number = n.undoes_number)
FROM unnest($1::text[], $2::integer[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::integer[], $8::text[], $9::integer[], $10::numeric[],
        $11::text[], $12::smallint[], $13::text[], $14::text[], $15::integer[], $16::boolean[], $17::timestamptz[], $18::integer[])
    WITH ORDINALITY AS n (customer_id, number, tag, previous_tag, at, due_at, rule_id, rule, rule_set_version, confidence, assigned_by, kind, reason, batch_id,
        decision_number, is_current, valid_until, undoes_number, place)
ORDER BY place
RETURNING customer_id, number, id
