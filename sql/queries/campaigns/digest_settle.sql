-- Records what became of a digest that this process has in hand; one that waits is tried again after so many seconds.
UPDATE digests
SET status = $4, reason = $5, lease_until = NULL, due_at = now() + make_interval(secs => $6), sent_at = CASE WHEN $4 = 'sent' THEN now() END
WHERE day = $1 AND recipient = $2 AND key = $3 AND status = 'sending'
