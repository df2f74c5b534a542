-- What people changed of a customer, a JSON object each.
SELECT json_build_object('at', at, 'who', who, 'action', what, 'target', target, 'before', before, 'after', after, 'reason', reason)::text
FROM audit_log
WHERE target = $1
ORDER BY id
