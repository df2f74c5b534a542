-- The latest messages that a customer was sent, newest first.
SELECT campaign, channel, sent_at FROM campaign_actions WHERE customer_id = $1 AND status = 3 ORDER BY sent_at DESC LIMIT $2
