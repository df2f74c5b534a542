-- What was added for some customers.
SELECT customer_id, tier, level, start_day, ledger, contributions FROM analytics_customers WHERE customer_id = ANY ($1)
