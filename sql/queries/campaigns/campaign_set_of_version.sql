-- A published set of campaigns.
SELECT version, author, published_at, campaigns::text, comment
FROM campaign_sets
WHERE version = $1
