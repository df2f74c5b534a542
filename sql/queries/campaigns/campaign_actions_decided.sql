-- What became of actions that were looked at: one row each. What is given away is leased for some seconds.
UPDATE campaign_actions a
SET status = n.status, reason = n.reason, due_at = n.due_at, sent_at = n.sent_at, change_id = nextval('campaign_action_changes'),
    sender = CASE WHEN n.status = 2 THEN $6 END, sending_since = n.sending_since,
    first_try_at = coalesce(a.first_try_at, n.sending_since),
    lease_until = CASE WHEN n.status = 2 THEN now() + make_interval(secs => $7) END,
    tries = a.tries + CASE WHEN n.status = 2 THEN 1 ELSE 0 END,
    drawn = a.drawn OR n.status IN (1, 2, 3)
FROM unnest($1::bigint[], $2::smallint[], $3::text[], $4::timestamptz[], $5::timestamptz[], $8::timestamptz[])
    AS n (id, status, reason, due_at, sent_at, sending_since)
WHERE a.id = n.id
