-- The lessons (type 5) that the log of a customer has of some spans of time, at most so many each: the place of the span, and the hash of the id as
-- Hashes.Of makes it.
SELECT asked.place::integer - 1, lessons.hash
FROM unnest($2::timestamptz[], $3::timestamptz[]) WITH ORDINALITY AS asked (since, until, place)
CROSS JOIN LATERAL (
    SELECT DISTINCT substring(sha256(convert_to(a.subject, 'UTF8')) FROM 1 FOR 8) AS hash
    FROM activities a
    WHERE a.customer_id = $1 AND a.type = 5 AND a.occurred_at >= asked.since AND a.occurred_at < asked.until AND a.subject ~ '\S'
    LIMIT $4
) AS lessons
