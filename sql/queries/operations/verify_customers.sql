-- The next customers in the order of their ids, as StoredCustomer reads them, with what else their rows say; those with too many bytes come without their content.
SELECT s.customer_id, s.version, w.state, w.recent_ids, s.next_check_at, c.created_at, c.email, c.name, c.tier, c.ltv_value, c.enrolled_at_trait,
    c.starts_at_trait, c.timezone, c.locale, c.consent_email, c.consent_push, c.consent_in_app, w.traits, w.trait_stamps,
    s.tag, s.tag_since, s.shard, c.enrolled_at, w.bytes
FROM customer_states s
JOIN customers c USING (customer_id)
CROSS JOIN LATERAL lstep_within(s.state, s.recent_ids, c.traits, c.trait_stamps, coalesce(octet_length(c.email), 0) + coalesce(octet_length(c.name), 0), $3) AS w
WHERE s.customer_id > $1
ORDER BY s.customer_id
LIMIT $2
