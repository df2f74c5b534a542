-- Takes the digest of a day for a recipient in hand, for so many seconds; nothing where another process was first, or it is over.
INSERT INTO digests AS d (day, recipient, key, status, tries, due_at, lease_until)
VALUES ($1, $2, $3, 'sending', 1, now(), now() + make_interval(secs => $4))
ON CONFLICT (day, recipient) DO UPDATE SET status = 'sending', tries = d.tries + 1, lease_until = excluded.lease_until
WHERE d.status = 'waiting' AND d.due_at <= now()
RETURNING d.key, d.tries
