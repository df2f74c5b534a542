-- Profiles that changed; created_at stays what it was first.
INSERT INTO customers (customer_id, email, name, tier, ltv_value, enrolled_at, enrolled_at_trait, starts_at_trait, timezone, locale,
    consent_email, consent_push, consent_in_app, traits, trait_stamps, created_at)
SELECT unnest($1::text[]), unnest($2::text[]), unnest($3::text[]), unnest($4::text[]), unnest($5::numeric[]), unnest($6::timestamptz[]),
    unnest($7::timestamptz[]), unnest($8::timestamptz[]), unnest($9::text[]), unnest($10::text[]), unnest($11::boolean[]),
    unnest($12::boolean[]), unnest($13::boolean[]), unnest($14::json[]), unnest($15::bytea[]), unnest($16::timestamptz[])
ON CONFLICT (customer_id) DO UPDATE SET
    email = excluded.email, name = excluded.name, tier = excluded.tier, ltv_value = excluded.ltv_value, enrolled_at = excluded.enrolled_at,
    enrolled_at_trait = excluded.enrolled_at_trait, starts_at_trait = excluded.starts_at_trait, timezone = excluded.timezone, locale = excluded.locale,
    consent_email = excluded.consent_email, consent_push = excluded.consent_push, consent_in_app = excluded.consent_in_app,
    traits = excluded.traits, trait_stamps = excluded.trait_stamps
