-- As customers_page, for one tag, as StoredCustomer reads them: in the order of the index on tags, so that a rare tag is not looked for among everybody.
SELECT s.customer_id, s.version, s.state, s.recent_ids, s.next_check_at, c.created_at, c.email, c.name, c.tier, c.ltv_value, c.enrolled_at_trait,
    c.starts_at_trait, c.timezone, c.locale, c.consent_email, c.consent_push, c.consent_in_app, c.traits, c.trait_stamps
FROM customer_states s
JOIN customers c USING (customer_id)
WHERE s.tag = $5 AND s.customer_id > $1
    AND ($2::text IS NULL OR c.tier = $2)
    AND ($3::text IS NULL OR lstep_fold(c.customer_id) LIKE (SELECT lstep_fold($3)) OR lstep_fold(c.email) LIKE (SELECT lstep_fold($3))
        OR lstep_fold(c.name) LIKE (SELECT lstep_fold($3)))
ORDER BY s.tag, s.customer_id
LIMIT $4
