-- Published sets of campaigns below a version number, newest first, and how many campaigns each has; without a number from the one in force on.
SELECT version, author, published_at, comment, json_array_length(campaigns)
FROM campaign_sets
WHERE $1::integer IS NULL OR version < $1
ORDER BY version DESC
LIMIT $2
