-- Those of a customer's devices that are not known to be gone, in their order.
SELECT n.token
FROM unnest($2::text[]) WITH ORDINALITY AS n (token, place)
WHERE NOT EXISTS (SELECT FROM gone_devices g WHERE g.customer_id = $1 AND g.token_hash = sha256(convert_to(n.token, 'UTF8')))
ORDER BY n.place
