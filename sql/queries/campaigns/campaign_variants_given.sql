-- The contents that some customers were given in the comparisons of some campaigns.
SELECT customer_id, campaign, variant FROM campaign_variants WHERE customer_id = ANY ($1) AND campaign = ANY ($2)
