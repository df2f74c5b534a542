-- A published rule set, its rules by id.
SELECT v.version, v.author, v.published_at, r.id, r.name, r.from_tags, r.to_tag, r.conditions::text, r.priority, r.automatic, r.requires_approval,
    r.usual_rhythm, r.notification::text, r.active
FROM rule_set_versions v
JOIN status_transition_rules r USING (version)
WHERE v.version = $1
ORDER BY r.id
