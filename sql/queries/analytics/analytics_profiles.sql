-- Tier and start of some customers.
SELECT customer_id, coalesce(tier, ''), coalesce(starts_at_trait, enrolled_at) FROM customers WHERE customer_id = ANY ($1)
