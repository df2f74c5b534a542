-- Sent messages by the id of their action or by the key of their send.
SELECT id, customer_id, campaign, step::int, channel, send_key, sent_at
FROM campaign_actions
WHERE id = ANY ($1) OR send_key = ANY ($2)
