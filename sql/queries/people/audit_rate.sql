-- Of the changes of a kind within the last seconds, in how many seconds the one is older that leaves room for another; no row where there is room.
SELECT greatest(1, ceil(extract(epoch FROM at - now()) + $3))::int
FROM audit_log
WHERE what = $1 AND at > now() - make_interval(secs => $3)
ORDER BY at DESC, id DESC
OFFSET $2 - 1
LIMIT 1
