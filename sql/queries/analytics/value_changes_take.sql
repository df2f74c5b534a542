-- Takes days of campaigns whose sums are to be made again.
DELETE FROM campaign_payment_changes c
USING (SELECT id FROM campaign_payment_changes ORDER BY id LIMIT $1) AS first
WHERE c.id = first.id
RETURNING c.campaign, c.day
