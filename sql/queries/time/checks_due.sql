-- Customers of a range of shards whose stored check has come, the earliest first, as StoredCustomer reads them.
SELECT s.customer_id, s.version, s.state, ''::bytea, s.next_check_at, c.created_at, c.email, c.name, c.tier, c.ltv_value, c.enrolled_at_trait,
    c.starts_at_trait, c.timezone, c.locale, c.consent_email, c.consent_push, c.consent_in_app, c.traits, c.trait_stamps
FROM customer_states s
JOIN customers c USING (customer_id)
WHERE s.shard BETWEEN $1 AND $2 AND s.next_check_at <= $3
ORDER BY s.next_check_at, s.customer_id
LIMIT $4
