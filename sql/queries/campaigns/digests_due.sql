-- Of some recipients those whose digest of a day was not begun yet, or is to be tried again.
SELECT recipient
FROM unnest($2::text[]) AS given (recipient)
WHERE NOT EXISTS (SELECT FROM digests d WHERE d.day = $1 AND d.recipient = given.recipient AND NOT (d.status = 'waiting' AND d.due_at <= now()))
