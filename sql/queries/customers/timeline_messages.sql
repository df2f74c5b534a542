-- What a customer was sent before a place of the timeline, newest first.
SELECT id, campaign, step, channel, transition_id, sent_at
FROM campaign_actions
WHERE customer_id = $1 AND status = 3 AND sent_at IS NOT NULL
  AND ($2::timestamptz IS NULL OR (sent_at, 5, to_char(id, 'FM0000000000000000000')) < ($2, $3::integer, $4::text))
ORDER BY sent_at DESC, id DESC
LIMIT $5
