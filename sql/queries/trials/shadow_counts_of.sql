-- What two versions asked for, by how often; most often first.
SELECT live_action, live_to, shadow_action, shadow_to, count
FROM shadow_counts
WHERE live_version = $1 AND shadow_version = $2
ORDER BY count DESC, live_action, live_to, shadow_action, shadow_to
