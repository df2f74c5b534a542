-- What became of actions that were given away, where the lease is still the sender's.
UPDATE campaign_actions a
SET status = n.status, reason = n.reason, due_at = n.due_at, sent_at = n.sent_at, provider_id = n.provider_id, tries = a.tries - n.untried,
    sender = NULL, lease_until = NULL, change_id = nextval('campaign_action_changes')
FROM unnest($1::bigint[], $2::smallint[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::smallint[])
    AS n (id, status, reason, due_at, sent_at, provider_id, untried)
WHERE a.id = n.id AND a.status = 2 AND a.sender = $8
