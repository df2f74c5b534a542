-- Actions, newest first, before an id where one is given; of a status, a campaign, a customer, or all.
SELECT id, customer_id, campaign, step, variant, channel, kind, transition_id, scheduled_for, due_at, status, reason, sent_at, tries, send_key
FROM campaign_actions
WHERE id < $1 AND ($2::smallint IS NULL OR status = $2) AND ($3::text IS NULL OR campaign = $3) AND ($4::text IS NULL OR customer_id = $4)
ORDER BY id DESC
LIMIT $5
