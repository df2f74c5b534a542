-- Contents that customers were given, in place of those that their campaigns no longer have.
INSERT INTO campaign_variants (customer_id, campaign, variant, assigned_at)
SELECT customer_id, campaign, variant, $4 FROM unnest($1::text[], $2::text[], $3::text[]) AS n (customer_id, campaign, variant)
ON CONFLICT (customer_id, campaign) DO UPDATE SET variant = excluded.variant, assigned_at = excluded.assigned_at
