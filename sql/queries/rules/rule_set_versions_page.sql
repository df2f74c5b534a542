-- Published rule sets below a version number, newest first; without a number from the active one on.
SELECT version, author, comment, published_at, batch_id
FROM rule_set_versions
WHERE $1::integer IS NULL OR version < $1
ORDER BY version DESC
LIMIT $2
