-- Cancels what has not been sent yet of ledger rows that were taken back.
UPDATE campaign_actions SET status = 6, reason = 'undone', due_at = NULL, change_id = nextval('campaign_action_changes')
WHERE customer_id = ANY ($1) AND transition_id = ANY ($2) AND status IN (0, 1)
