-- How much happened: customers, ledger rows, those of them that time alone brought, decisions, reviews.
SELECT (SELECT count(*) FROM customer_states), (SELECT count(*) FROM customer_status_assignments),
    (SELECT count(*) FROM customer_status_assignments a WHERE NOT EXISTS (SELECT FROM activities x WHERE x.customer_id = a.customer_id AND x.recorded_at = a.at)),
    (SELECT count(*) FROM decisions), (SELECT count(*) FROM reviews)
