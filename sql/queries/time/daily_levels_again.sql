-- Has figures computed afresh whose engagement level may change with daily rows from a day on.
INSERT INTO analytics_changed (customer_id)
SELECT a.customer_id
FROM unnest($1::text[], $2::date[]) AS n (customer_id, first)
JOIN analytics_customers a ON a.customer_id = n.customer_id
WHERE a.level <> '' AND n.first < a.start_day + 28
