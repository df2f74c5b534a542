-- Remembers who could not be evaluated in a batch, and why.
INSERT INTO evaluation_batch_errors (customer_id, batch_id, at, code)
SELECT customer_id, $1, $2, code FROM unnest($3::text[], $4::text[]) AS failed (customer_id, code)
ON CONFLICT (customer_id, batch_id) DO UPDATE SET at = excluded.at, code = excluded.code
