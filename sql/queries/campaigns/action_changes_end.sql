-- The last change number of actions, 0 for none.
SELECT coalesce(max(change_id), 0) FROM campaign_actions
