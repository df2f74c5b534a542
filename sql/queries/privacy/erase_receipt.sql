-- Remembers what an erasure came to, without the person.
INSERT INTO erasures (receipt_id, alias, erased_at, removed, kept) VALUES ($1, $2, $3, $4::jsonb, $5::jsonb)
