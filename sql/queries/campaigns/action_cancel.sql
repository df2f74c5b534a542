-- Cancels one action, with the reason.
UPDATE campaign_actions SET status = 6, reason = $2, due_at = NULL, change_id = nextval('campaign_action_changes') WHERE id = $1
