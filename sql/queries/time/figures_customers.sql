-- Whole customers by id, as StoredCustomer reads them, without recent message ids, until their bytes pass a bound: the others are asked for again.
SELECT customer_id, version, state, recent_ids, next_check_at, created_at, email, name, tier, ltv_value, enrolled_at_trait,
    starts_at_trait, timezone, locale, consent_email, consent_push, consent_in_app, traits, trait_stamps, bytes
FROM (
    SELECT s.customer_id, s.version, w.state, w.recent_ids, s.next_check_at, c.created_at, c.email, c.name, c.tier, c.ltv_value, c.enrolled_at_trait,
        c.starts_at_trait, c.timezone, c.locale, c.consent_email, c.consent_push, c.consent_in_app, w.traits, w.trait_stamps,
        w.bytes, sum(w.read_bytes) OVER (ORDER BY s.customer_id) - w.read_bytes AS before
    FROM unnest($1::text[]) AS asked (customer_id)
    JOIN customer_states s USING (customer_id)
    JOIN customers c USING (customer_id)
    CROSS JOIN LATERAL lstep_within(s.state, ''::bytea, c.traits, c.trait_stamps, coalesce(octet_length(c.email), 0) + coalesce(octet_length(c.name), 0), $2) AS w
) AS found
WHERE before < $3
ORDER BY customer_id
