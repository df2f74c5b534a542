-- Adds counts to their names; a name that is new while there is no room counts with the others. In order, so that two silos never wait for each other.
WITH counted AS (
    SELECT new.*, EXISTS (SELECT FROM event_names known WHERE known.key = new.key) AS is_known
    FROM unnest($1::text[], $2::text[], $3::bigint[], $4::timestamptz[], $5::timestamptz[]) AS new (key, name, count, first_seen_at, last_seen_at)
), numbered AS (
    SELECT counted.*, row_number() OVER (PARTITION BY is_known ORDER BY key) + (SELECT count(*) FROM event_names WHERE key <> '') AS place
    FROM counted
), placed AS (
    SELECT CASE WHEN is_known OR place <= $6 THEN key ELSE '' END AS key,
           CASE WHEN is_known OR place <= $6 THEN name ELSE '' END AS name,
           count, first_seen_at, last_seen_at
    FROM numbered
)
INSERT INTO event_names (key, name, count, first_seen_at, last_seen_at)
SELECT key, min(name), sum(count), min(first_seen_at), max(last_seen_at)
FROM placed
GROUP BY key
ORDER BY key
ON CONFLICT (key) DO UPDATE
SET count = event_names.count + EXCLUDED.count,
    first_seen_at = least(event_names.first_seen_at, EXCLUDED.first_seen_at),
    last_seen_at = greatest(event_names.last_seen_at, EXCLUDED.last_seen_at);
