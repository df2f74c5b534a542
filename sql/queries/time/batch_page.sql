-- The next customers of each claimed shard, as StoredCustomer reads them; those who came after the batch was due are not of it.
SELECT s.customer_id, s.version, s.state, ''::bytea, s.next_check_at, s.created_at, s.email, s.name, s.tier, s.ltv_value, s.enrolled_at_trait,
    s.starts_at_trait, s.timezone, s.locale, s.consent_email, s.consent_push, s.consent_in_app, s.traits, s.trait_stamps, s.shard
FROM unnest($1::smallint[], $2::text[]) AS claimed (shard, cursor)
CROSS JOIN LATERAL (
    SELECT *
    FROM customer_states
    JOIN customers USING (customer_id)
    WHERE customer_states.shard = claimed.shard AND customer_id > claimed.cursor AND created_at <= $3
    ORDER BY customer_id
    LIMIT $4
) AS s
