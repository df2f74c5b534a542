-- Until when a person had locked a customer's tag, as of an instant; by the audit log.
SELECT (after ->> 'lockedUntil')::timestamptz
FROM audit_log
WHERE target = $1 AND what IN ('customer.overridden', 'customer.lock_changed') AND coalesce((after ->> 'at')::timestamptz, at) <= $2
ORDER BY id DESC
LIMIT 1
