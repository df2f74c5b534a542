-- What people changed of customers, in the commit that changes them.
INSERT INTO audit_log (at, who, key_id, what, target, before, after, reason)
SELECT now(), who, key_id, what, target, before, after, reason
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[], $7::text[])
    AS n (who, key_id, what, target, before, after, reason)
