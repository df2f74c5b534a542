-- What was given away by somebody who did not say what became of it: on channels that know a key again it is sent again, as
-- long as they do; on others nobody knows.
UPDATE campaign_actions
SET status = CASE WHEN channel = ANY ($1) AND first_try_at > $2 THEN 0 ELSE 7 END, due_at = CASE WHEN channel = ANY ($1) AND first_try_at > $2 THEN sending_since END,
    reason = 'The process that sent it ended before it could say what became of it.', sender = NULL, lease_until = NULL,
    change_id = nextval('campaign_action_changes')
WHERE status = 2 AND lease_until < now()
