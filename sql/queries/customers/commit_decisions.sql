-- Decision records.
INSERT INTO decisions (customer_id, number, at, record)
SELECT * FROM unnest($1::text[], $2::integer[], $3::timestamptz[], $4::jsonb[])
