-- The ledger as section 13 of the contract counts it, in UTC. It stands before each of the other files.
-- A move is a row that stands, has a tag before it, and is neither an import nor an undo; it belongs to the day of due_at.
WITH starts AS (SELECT customer_id, coalesce(tier, '') AS tier, ltv_value, coalesce(starts_at_trait, enrolled_at) AS start FROM customers),
ledger AS (
    SELECT l.*, (due_at AT TIME ZONE 'UTC')::date AS day, CASE
        WHEN undoes IS NOT NULL THEN 'undo'
        WHEN previous_tag IS NULL THEN 'first'
        WHEN assigned_by = 'import' THEN 'import'
        WHEN assigned_by LIKE 'manual:%' AND EXISTS (SELECT FROM reviews r
            WHERE r.customer_id = l.customer_id AND r.transition_number = l.number AND r.status = 'approved') THEN 'approved'
        WHEN assigned_by LIKE 'manual:%' THEN 'override'
        WHEN reason LIKE 'review_expired%' THEN 'expired'
        ELSE 'automatic' END AS way
    FROM customer_status_assignments l
),
stands AS (SELECT * FROM ledger WHERE undone_at IS NULL AND way <> 'undo'),
moves AS (SELECT * FROM stands WHERE way IN ('automatic', 'approved', 'override', 'expired')),
-- Who is where, and since when: the last row that stands.
present AS (SELECT DISTINCT ON (customer_id) customer_id, tag, due_at AS since FROM stands ORDER BY customer_id, number DESC),
standing AS (
    SELECT d::date AS day, at.tag, count(*) AS customers
    FROM generate_series(@from::date, @to::date, interval '1 day') d
    CROSS JOIN LATERAL (SELECT DISTINCT ON (customer_id) tag FROM ledger WHERE ledger.day <= d::date ORDER BY customer_id, number DESC) at
    GROUP BY 1, 2
)
