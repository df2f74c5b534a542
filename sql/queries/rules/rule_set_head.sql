-- The newest version, who published it and when, and the highest id that any rule ever had.
SELECT version, author, published_at, (SELECT max(id) FROM status_transition_rules)
FROM rule_set_versions
ORDER BY version DESC
LIMIT 1
