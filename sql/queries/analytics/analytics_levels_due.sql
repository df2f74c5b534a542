-- Customers whose first 28 days have ended by a day and have no level yet.
SELECT customer_id FROM analytics_customers WHERE level = '' AND start_day <= $1 ORDER BY start_day LIMIT $2
