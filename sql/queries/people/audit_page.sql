-- A page of changes by people, newest first, below an id where one is given.
SELECT id, at, who, key_id, what, target, before::text, after::text, reason
FROM audit_log
WHERE $1 IS NULL OR id < $1
ORDER BY id DESC
LIMIT $2;
