-- The newest set of campaigns, where it is newer than a version.
SELECT version, author, published_at, campaigns::text, comment
FROM campaign_sets
WHERE version > $1
ORDER BY version DESC
LIMIT 1
