-- Actions that follow from what was planned; one that is there already is left alone.
INSERT INTO campaign_actions (customer_id, cause_kind, cause_number, campaign, step, send_key, variant, channel, kind, tag, transition_id, scheduled_for,
    due_at, cause_due_at, cause_at, is_repeat)
SELECT customer_id, cause_kind, cause_number, campaign, step, send_key, variant, channel, kind, tag, transition_id, scheduled_for, scheduled_for,
    cause_due_at, cause_at, is_repeat
FROM unnest($1::text[], $2::smallint[], $3::integer[], $4::text[], $5::smallint[], $6::uuid[], $7::text[], $8::smallint[], $9::smallint[], $10::text[],
        $11::bigint[], $12::timestamptz[], $13::timestamptz[], $14::timestamptz[], $15::boolean[])
    AS n (customer_id, cause_kind, cause_number, campaign, step, send_key, variant, channel, kind, tag, transition_id, scheduled_for, cause_due_at, cause_at,
        is_repeat)
ON CONFLICT (customer_id, cause_kind, cause_number, campaign, step) DO NOTHING
