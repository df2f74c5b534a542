-- Of some customers those whose log was cut.
SELECT DISTINCT customer_id FROM cut_logs WHERE customer_id = ANY ($1)
