-- Customers of each tag.
SELECT tag, count(*) FROM customer_states GROUP BY tag ORDER BY tag
