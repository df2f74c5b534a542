-- Remembers what was added for some customers.
INSERT INTO analytics_customers (customer_id, tier, level, start_day, ledger, contributions)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::date[], $5::bigint[], $6::bytea[])
ON CONFLICT (customer_id) DO UPDATE SET
    tier = excluded.tier, level = excluded.level, start_day = excluded.start_day, ledger = excluded.ledger, contributions = excluded.contributions
