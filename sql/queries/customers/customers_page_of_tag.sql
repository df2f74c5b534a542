-- As customers_page, for one tag, as StoredCustomer reads them: in the order of the index on tags, so that a rare tag is not looked for among everybody.
SELECT customer_id, version, state, recent_ids, next_check_at, created_at, email, name, tier, ltv_value, enrolled_at_trait,
    starts_at_trait, timezone, locale, consent_email, consent_push, consent_in_app, traits, trait_stamps, bytes
FROM (
    SELECT s.customer_id, s.version, w.state, w.recent_ids, s.next_check_at, c.created_at, c.email, c.name, c.tier, c.ltv_value, c.enrolled_at_trait,
        c.starts_at_trait, c.timezone, c.locale, c.consent_email, c.consent_push, c.consent_in_app, w.traits, w.trait_stamps,
        w.bytes, sum(w.read_bytes) OVER (ORDER BY s.tag, s.customer_id) - w.read_bytes AS before
    FROM customer_states s
    JOIN customers c USING (customer_id)
    CROSS JOIN LATERAL lstep_within(s.state, s.recent_ids, c.traits, c.trait_stamps, coalesce(octet_length(c.email), 0) + coalesce(octet_length(c.name), 0), $4) AS w
    WHERE s.tag = $6 AND s.customer_id > $1 AND c.customer_id > $1
        AND ($2::text IS NULL OR c.tier = $2)
    ORDER BY s.tag, s.customer_id
    LIMIT $3
) AS found
WHERE before < $5
ORDER BY customer_id
