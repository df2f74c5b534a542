-- Rows that belong to nobody: each kind with their number.
SELECT 'activities', count(DISTINCT customer_id) FROM activities a WHERE NOT EXISTS (SELECT FROM customer_states s WHERE s.customer_id = a.customer_id)
UNION ALL
SELECT 'ledger rows', count(*) FROM customer_status_assignments a WHERE NOT EXISTS (SELECT FROM customer_states s WHERE s.customer_id = a.customer_id)
UNION ALL
SELECT 'decisions', count(*) FROM decisions a WHERE NOT EXISTS (SELECT FROM customer_states s WHERE s.customer_id = a.customer_id)
UNION ALL
SELECT 'profiles', count(*) FROM customers a WHERE NOT EXISTS (SELECT FROM customer_states s WHERE s.customer_id = a.customer_id)
