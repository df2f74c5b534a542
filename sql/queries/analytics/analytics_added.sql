-- What was added for everybody, as CustomerFigures reads it, and what is still to be taken off again.
SELECT customer_id, tier, level, start_day, ledger, contributions FROM analytics_customers
UNION ALL
SELECT '', tier, level, NULL, 0, contributions FROM analytics_removed
