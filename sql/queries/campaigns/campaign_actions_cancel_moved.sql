-- Cancels what has not been sent yet of tags that the customers no longer have.
UPDATE campaign_actions a SET status = 6, reason = 'status_changed', due_at = NULL, change_id = nextval('campaign_action_changes')
FROM unnest($1::text[], $2::text[]) AS n (customer_id, tag)
WHERE a.customer_id = n.customer_id AND a.tag <> n.tag AND a.status IN (0, 1)
