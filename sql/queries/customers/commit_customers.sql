-- Profiles that changed; created_at stays what it was first.
INSERT INTO customers (customer_id, email, name, tier, ltv_value, enrolled_at, enrolled_at_trait, starts_at_trait, timezone, locale,
    consent_email, consent_push, consent_in_app, traits, trait_stamps, created_at)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::numeric[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[], $9::text[], $10::text[],
    $11::boolean[], $12::boolean[], $13::boolean[], $14::json[], $15::bytea[], $16::timestamptz[])
ON CONFLICT (customer_id) DO UPDATE SET
    email = excluded.email, name = excluded.name, tier = excluded.tier, ltv_value = excluded.ltv_value, enrolled_at = excluded.enrolled_at,
    enrolled_at_trait = excluded.enrolled_at_trait, starts_at_trait = excluded.starts_at_trait, timezone = excluded.timezone, locale = excluded.locale,
    consent_email = excluded.consent_email, consent_push = excluded.consent_push, consent_in_app = excluded.consent_in_app,
    traits = excluded.traits, trait_stamps = excluded.trait_stamps
