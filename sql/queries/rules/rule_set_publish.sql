-- Publishes a rule set as a whole. A version that is there already stays as it is.
WITH published AS (
    INSERT INTO rule_set_versions (version, author, comment, published_at, batch_id) VALUES ($1, $2, $3, $4, $16)
    ON CONFLICT (version) DO NOTHING
    RETURNING version
)
INSERT INTO status_transition_rules
    (version, id, name, from_tags, to_tag, conditions, priority, automatic, requires_approval, usual_rhythm, notification, active)
SELECT published.version, r.id, r.name, string_to_array(r.from_tags, ','), r.to_tag, r.conditions::jsonb, r.priority, r.automatic,
    r.requires_approval, r.usual_rhythm, r.notification::jsonb, r.active
FROM published, unnest($5::int[], $6::text[], $7::text[], $8::text[], $9::text[], $10::int[], $11::boolean[], $12::boolean[], $13::boolean[], $14::text[],
        $15::boolean[])
    AS r (id, name, from_tags, to_tag, conditions, priority, automatic, requires_approval, usual_rhythm, notification, active)
