-- What stands, in the order in which it was first made.
SELECT id, kind, subject, first_made_at, made_at, body::text, rules, dismissed_by, dismissed_at, dismissed_until
FROM recommendations
WHERE stands
ORDER BY first_made_at, id
LIMIT $1
