-- One action for each customer, of the campaigns' steps in turn: due over the last hour; or several in the days to come, under steps of their own.
INSERT INTO campaign_actions (customer_id, cause_kind, cause_number, campaign, step, send_key, channel, kind, tag, transition_id, scheduled_for, due_at,
    cause_due_at, cause_at, is_repeat)
SELECT a.customer_id, 0, a.number, s.campaign, s.step + CASE WHEN $6 THEN 100 * (n.round + 1) ELSE 0 END, gen_random_uuid(), s.channel, s.kind,
    NULL, a.id, w.due, w.due, a.due_at, a.at, false
FROM customer_status_assignments a
CROSS JOIN generate_series(0, $5 - 1) AS n (round)
JOIN unnest($1::text[], $2::smallint[], $3::smallint[], $4::smallint[]) WITH ORDINALITY AS s (campaign, step, channel, kind, place)
    ON s.place - 1 = (substring(a.customer_id FROM '\d+$')::bigint + n.round) % array_length($1, 1)
CROSS JOIN LATERAL (SELECT CASE WHEN $6 THEN now() + interval '1 day' + random() * interval '89 days' ELSE now() - random() * interval '1 hour' END AS due) AS w
WHERE a.number = 1
