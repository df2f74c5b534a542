-- How far the figures follow, how far the ledger goes, the first and the last other change that waits, and whether anything else does: what was of persons who
-- were erased, or somebody whose first 28 days have ended by a day.
SELECT p.ledger, coalesce((SELECT max(id) FROM customer_status_assignments), 0), coalesce((SELECT min(id) FROM analytics_changed), 0),
    coalesce((SELECT max(id) FROM analytics_changed), 0), EXISTS (SELECT FROM analytics_removed)
    OR coalesce((SELECT min(start_day) FROM analytics_customers WHERE level = '') <= $1, false)
FROM analytics_progress p
