-- One action, as actions_page reads them, held until it is changed.
SELECT id, customer_id, campaign, step, variant, channel, kind, transition_id, scheduled_for, due_at, status, reason, sent_at, tries, send_key
FROM campaign_actions
WHERE id = $1
FOR UPDATE
