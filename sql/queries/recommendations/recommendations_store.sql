-- What a run found; one that is known keeps its id, when it was first made, and a dismissal that has not ended.
INSERT INTO recommendations (kind, subject, first_made_at, made_at, stands, body, rules)
SELECT kind, subject, $1, $1, true, body::jsonb, nullif(rules, '')
FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS made (kind, subject, body, rules)
ON CONFLICT (kind, subject) DO UPDATE SET made_at = excluded.made_at, stands = true, body = excluded.body, rules = excluded.rules
