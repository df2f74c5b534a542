-- What the flags that were changed after an instant had been until then.
SELECT DISTINCT ON (target) target, (before -> 'value')::text
FROM audit_log
WHERE what = 'flag.changed' AND coalesce((after ->> 'at')::timestamptz, at) > $1 AND before ? 'value'
ORDER BY target, id
