-- What had gone out, or may have, of ledger rows of customers, the latest first.
SELECT a.campaign, a.channel, coalesce(a.sent_at, a.sending_since, a.scheduled_for) AS at
FROM unnest($1::text[], $2::integer[]) AS n (customer_id, number)
JOIN campaign_actions a ON a.customer_id = n.customer_id AND a.cause_kind = 0 AND a.cause_number = n.number
WHERE a.status IN (2, 3, 7)
ORDER BY at DESC, a.id DESC
LIMIT $3
