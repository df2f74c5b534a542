-- Actions planned or changed since a change number, the latest of them, newest first, as ActionRecord reads them, each with its change number.
SELECT id, customer_id, campaign, step, variant, channel, kind, transition_id, scheduled_for, due_at, status, reason, sent_at, tries, send_key, change_id
FROM campaign_actions
WHERE change_id > $1
ORDER BY change_id DESC
LIMIT $2
