-- Actions of a customer that are scheduled or held, in the order of their planning.
SELECT cause_kind, cause_number, campaign, step, variant, channel, kind, tag, scheduled_for, due_at, cause_due_at, cause_at, is_repeat
FROM campaign_actions
WHERE customer_id = $1 AND status IN (0, 1)
ORDER BY id
LIMIT $2
