-- Whole customers by id, as StoredCustomer reads them.
SELECT s.customer_id, s.version, s.state, s.recent_ids, s.next_check_at, c.created_at, c.email, c.name, c.tier, c.ltv_value, c.enrolled_at_trait,
    c.starts_at_trait, c.timezone, c.locale, c.consent_email, c.consent_push, c.consent_in_app, c.traits, c.trait_stamps
FROM unnest($1::text[]) AS asked (customer_id)
JOIN customer_states s USING (customer_id)
JOIN customers c USING (customer_id)
