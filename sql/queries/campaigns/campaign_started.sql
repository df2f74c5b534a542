-- When campaigns last started for some customers, by the due instant of what started them; what was undone before anything was sent did not start.
SELECT customer_id, campaign, max(cause_due_at)
FROM campaign_actions
WHERE customer_id = ANY ($1) AND NOT is_repeat AND NOT (status = 6 AND reason = 'undone')
GROUP BY customer_id, campaign
