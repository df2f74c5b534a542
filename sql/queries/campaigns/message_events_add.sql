-- Counts what became of messages, and answers how often that was seen by now. The lock on the action keeps an erasure of its customer
-- waiting until this is committed, and finds nothing where the erasure was first. What is known already makes a row where there is none.
INSERT INTO message_events AS known (customer_id, action_id, event, machine, times, first_at, last_at, last_link)
SELECT a.customer_id, a.id, n.event, n.machine, n.times, n.first_at, n.last_at, n.last_link
FROM (
    SELECT action_id, event, machine, count(*)::int AS times, min(at) AS first_at, max(at) AS last_at, max(link) AS last_link
    FROM unnest($1::bigint[], $2::smallint[], $3::boolean[], $4::timestamptz[], $5::bigint[]) AS given (action_id, event, machine, at, link)
    GROUP BY action_id, event, machine
) AS n
JOIN campaign_actions a ON a.id = n.action_id
ORDER BY a.id, n.event, n.machine
FOR KEY SHARE OF a
ON CONFLICT (customer_id, action_id, event, machine) DO UPDATE SET
    times = CASE WHEN $6 THEN known.times ELSE least(known.times::bigint + excluded.times, 1000000)::int END,
    first_at = least(known.first_at, excluded.first_at),
    last_at = greatest(known.last_at, excluded.last_at),
    last_link = coalesce(excluded.last_link, known.last_link)
RETURNING action_id, event, machine, times
