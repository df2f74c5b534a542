-- Makes one action due again as of an instant, as if it had never been tried; its send key stays.
UPDATE campaign_actions
SET status = 0, reason = NULL, due_at = $2, tries = 0, sender = NULL, sending_since = NULL, lease_until = NULL, first_try_at = NULL,
    sent_at = NULL, provider_id = NULL, change_id = nextval('campaign_action_changes')
WHERE id = $1
