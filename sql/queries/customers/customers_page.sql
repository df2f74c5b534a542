-- A page of whole customers in the order of their ids, as StoredCustomer reads them; a null filter lets all pass.
SELECT s.customer_id, s.version, s.state, s.recent_ids, s.next_check_at, c.created_at, c.email, c.name, c.tier, c.ltv_value, c.enrolled_at_trait,
    c.starts_at_trait, c.timezone, c.locale, c.consent_email, c.consent_push, c.consent_in_app, c.traits, c.trait_stamps
FROM customer_states s
JOIN customers c USING (customer_id)
WHERE s.customer_id > $1
    AND ($2::text IS NULL OR c.tier = $2)
    AND ($3::text IS NULL OR lstep_fold(c.customer_id) LIKE (SELECT lstep_fold($3)) OR lstep_fold(c.email) LIKE (SELECT lstep_fold($3))
        OR lstep_fold(c.name) LIKE (SELECT lstep_fold($3)))
ORDER BY s.customer_id
LIMIT $4
