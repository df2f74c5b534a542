-- A device of a customer that is gone, where the customer is still there and has fewer than so many.
INSERT INTO gone_devices (customer_id, token_hash, at)
SELECT c.customer_id, sha256(convert_to($2, 'UTF8')), $3
FROM customer_states c
WHERE c.customer_id = $1 AND (SELECT count(*) FROM gone_devices g WHERE g.customer_id = $1) < $4
FOR KEY SHARE OF c
ON CONFLICT DO NOTHING
