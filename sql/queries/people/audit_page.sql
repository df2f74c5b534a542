-- A page of changes by people, newest first, below an id where one is given; of one person, one action or kind of action, one target, and
-- a span of time where those are given.
SELECT id, at, who, key_id, what, target, before::text, after::text, reason
FROM audit_log
WHERE ($1 IS NULL OR id < $1)
  AND ($3 IS NULL OR who = $3)
  AND ($4 IS NULL OR what = $4 OR starts_with(what, $4 || '.'))
  AND ($5 IS NULL OR target = $5)
  AND ($6 IS NULL OR at >= $6)
  AND ($7 IS NULL OR at < $7)
ORDER BY id DESC
LIMIT $2;
