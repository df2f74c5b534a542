-- Customers as one that is there already, under ids, names, tiers, values and starts of their own; everybody started 90 to 739 days ago.
INSERT INTO customers (customer_id, email, name, tier, ltv_value, enrolled_at, enrolled_at_trait, timezone, traits, created_at)
SELECT 'pop-' || lpad(n::text, 8, '0'), bench_email(n), bench_name(n),
    (ARRAY['Freemium', 'Freemium', 'Freemium', 'Pro', 'Enterprise'])[1 + n % 5], n % 9000, started, started, 'UTC',
    json_build_object('owner', 'owner-' || n % 40), started
FROM generate_series(1, $1) AS n
CROSS JOIN LATERAL (SELECT now() - make_interval(days => 90 + (n::bigint * 7919 % 650)::int, mins => hashint4(n) & 1023) AS started) AS s
