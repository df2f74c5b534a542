-- Cancels what has not been sent yet of ledger rows of some customers that were taken back.
UPDATE campaign_actions a SET status = 6, reason = 'undone', due_at = NULL, change_id = nextval('campaign_action_changes')
FROM customer_status_assignments t
WHERE a.customer_id = ANY ($1) AND a.status IN (0, 1) AND a.cause_kind = 0
    AND t.customer_id = a.customer_id AND t.number = a.cause_number AND t.undone_at IS NOT NULL
