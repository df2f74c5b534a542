-- Rows that belong to nobody, those that were kept of people who were erased apart: each kind with their number.
SELECT 'activities', count(DISTINCT customer_id) FROM activities a WHERE NOT EXISTS (SELECT FROM customer_states s WHERE s.customer_id = a.customer_id)
UNION ALL
SELECT 'ledger rows', count(*) FROM customer_status_assignments a WHERE NOT EXISTS (SELECT FROM customer_states s WHERE s.customer_id = a.customer_id)
    AND NOT EXISTS (SELECT FROM erasures e WHERE e.alias = a.customer_id)
UNION ALL
SELECT 'decisions', count(*) FROM decisions a WHERE NOT EXISTS (SELECT FROM customer_states s WHERE s.customer_id = a.customer_id)
UNION ALL
SELECT 'profiles', count(*) FROM customers a WHERE NOT EXISTS (SELECT FROM customer_states s WHERE s.customer_id = a.customer_id)
UNION ALL
SELECT 'reviews', count(*) FROM reviews a WHERE NOT EXISTS (SELECT FROM customer_states s WHERE s.customer_id = a.customer_id)
    AND NOT EXISTS (SELECT FROM erasures e WHERE e.alias = a.customer_id)
UNION ALL
SELECT 'figures', count(*) FROM customer_figures a WHERE NOT EXISTS (SELECT FROM customer_states s WHERE s.customer_id = a.customer_id)
UNION ALL
SELECT 'searched texts', count(*) FROM customer_search a WHERE NOT EXISTS (SELECT FROM customer_states s WHERE s.customer_id = a.customer_id)
UNION ALL
SELECT 'predictions', count(*) FROM customer_foresight a WHERE NOT EXISTS (SELECT FROM customer_states s WHERE s.customer_id = a.customer_id)
