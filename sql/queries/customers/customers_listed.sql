-- Whole customers by id in the order asked for, as StoredCustomer reads them, with their places, until their bytes pass a bound; of a search those whom it finds.
SELECT customer_id, version, state, recent_ids, next_check_at, created_at, email, name, tier, ltv_value, enrolled_at_trait,
    starts_at_trait, timezone, locale, consent_email, consent_push, consent_in_app, traits, trait_stamps, place, bytes
FROM (
    SELECT s.customer_id, s.version, w.state, w.recent_ids, s.next_check_at, c.created_at, c.email, c.name, c.tier, c.ltv_value, c.enrolled_at_trait,
        c.starts_at_trait, c.timezone, c.locale, c.consent_email, c.consent_push, c.consent_in_app, w.traits, w.trait_stamps,
        asked.place, w.bytes, sum(w.read_bytes) OVER (ORDER BY asked.place) - w.read_bytes AS before
    FROM unnest($1::text[]) WITH ORDINALITY AS asked (customer_id, place)
    JOIN customer_states s USING (customer_id)
    JOIN customers c USING (customer_id)
    CROSS JOIN LATERAL lstep_within(s.state, ''::bytea, c.traits, c.trait_stamps, coalesce(octet_length(c.email), 0) + coalesce(octet_length(c.name), 0), $3) AS w
    WHERE $2::text IS NULL OR lstep_fold(c.customer_id) LIKE (SELECT lstep_fold($2)) OR lstep_fold(c.email) LIKE (SELECT lstep_fold($2))
        OR lstep_fold(c.name) LIKE (SELECT lstep_fold($2))
) AS found
WHERE before < $4
ORDER BY place
