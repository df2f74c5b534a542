-- Adds a page of a daily batch to how many customers bear which indicator as the day begins.
INSERT INTO analytics_risk_days (day, indicator, tier, customers)
SELECT $1, indicator, tier, customers FROM unnest($2::text[], $3::text[], $4::bigint[]) AS counted (indicator, tier, customers)
ORDER BY indicator, tier
ON CONFLICT (day, indicator, tier) DO UPDATE SET customers = analytics_risk_days.customers + excluded.customers
