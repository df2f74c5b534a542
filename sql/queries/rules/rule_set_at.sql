-- The rule set that was in force at an instant, its rules by id; before the first one the first one.
SELECT v.version, v.author, v.published_at, r.id, r.name, r.from_tags, r.to_tag, r.conditions::text, r.priority, r.automatic, r.requires_approval,
    r.usual_rhythm, r.notification::text, r.active
FROM rule_set_versions v
JOIN status_transition_rules r USING (version)
WHERE v.version = (SELECT coalesce(max(version) FILTER (WHERE published_at <= $1), min(version)) FROM rule_set_versions)
ORDER BY r.id
