-- Anonymous ids of a person: those tied to it, and those of its log that are tied to nobody.
SELECT anonymous_id FROM anonymous_identities WHERE customer_id = $1
UNION
SELECT a.anonymous_id
FROM activities a
WHERE a.customer_id = $1 AND a.anonymous_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM anonymous_identities t WHERE t.anonymous_id = a.anonymous_id)
