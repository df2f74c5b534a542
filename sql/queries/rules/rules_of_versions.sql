-- The rules of published sets, in the order people read them.
SELECT version, id, name, from_tags, to_tag, conditions::text, priority, automatic, requires_approval, usual_rhythm, notification::text, active
FROM status_transition_rules
WHERE version = ANY ($1::integer[])
ORDER BY version DESC, id
