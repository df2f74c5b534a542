-- As batch_page, of those alone who had a tag when the batch became due, as StoredCustomer reads them: what the batch itself did since is left out, so that a page that is
-- repeated after a crash has the same people.
SELECT customer_id, version, state, recent_ids, next_check_at, created_at, email, name, tier, ltv_value, enrolled_at_trait,
    starts_at_trait, timezone, locale, consent_email, consent_push, consent_in_app, traits, trait_stamps, shard, bytes
FROM (
    SELECT found.*, sum(found.read_bytes) OVER (ORDER BY found.shard, found.customer_id) - found.read_bytes AS before
    FROM unnest($1::smallint[], $2::text[]) AS claimed (shard, cursor)
    CROSS JOIN LATERAL (
        SELECT s.customer_id, s.version, w.state, w.recent_ids, s.next_check_at, c.created_at, c.email, c.name, c.tier, c.ltv_value, c.enrolled_at_trait,
            c.starts_at_trait, c.timezone, c.locale, c.consent_email, c.consent_push, c.consent_in_app, w.traits, w.trait_stamps,
            s.shard, w.bytes, w.read_bytes
        FROM customer_states s
        JOIN customers c USING (customer_id)
        CROSS JOIN LATERAL lstep_within(s.state, ''::bytea, c.traits, c.trait_stamps, coalesce(octet_length(c.email), 0) + coalesce(octet_length(c.name), 0), $5) AS w
        WHERE s.shard = claimed.shard AND s.customer_id > claimed.cursor AND c.created_at <= $3
            AND (
                SELECT a.tag FROM customer_status_assignments a
                WHERE a.customer_id = s.customer_id AND a.at <= $3 AND a.batch_id IS DISTINCT FROM $7::text
                ORDER BY a.number DESC LIMIT 1) = $8
        ORDER BY s.customer_id
        LIMIT $4
    ) AS found
) AS pages
WHERE before < $6
ORDER BY shard, customer_id
