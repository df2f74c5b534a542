-- The latest messages that some customers were sent, newest first of each.
SELECT n.customer_id, a.campaign, a.channel, a.sent_at
FROM unnest($1::text[]) AS n (customer_id)
CROSS JOIN LATERAL (
    SELECT campaign, channel, sent_at FROM campaign_actions WHERE customer_id = n.customer_id AND status = 3 ORDER BY sent_at DESC LIMIT $2
) AS a
ORDER BY n.customer_id, a.sent_at DESC
