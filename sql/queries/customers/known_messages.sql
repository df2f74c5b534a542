-- Which of the ids asked for the log of a customer has, each received at or after an instant of its own, or had before its months were cut. One look by the key
-- for each id: joined as a whole, the planner may read all the customer ever did.
SELECT DISTINCT asked.id
FROM unnest($2::text[], $3::timestamptz[]) AS asked (id, since)
CROSS JOIN LATERAL (
    SELECT FROM activities a
    WHERE a.customer_id = $1 AND a.message_id = asked.id AND a.received_at >= asked.since
    LIMIT 1
) AS known
UNION
SELECT asked.id
FROM cut_logs c
CROSS JOIN LATERAL unnest(c.hashes) AS cut (hash)
JOIN unnest($2::text[], $3::timestamptz[]) AS asked (id, since) ON hashtextextended(asked.id, 0) = cut.hash
WHERE c.customer_id = $1 AND asked.since < (c.month + interval '1 month')::timestamp AT TIME ZONE 'UTC'
