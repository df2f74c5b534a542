-- Whose some addresses are, without regard to case; of several customers with one address the first by id.
SELECT a.address, min(c.customer_id)
FROM unnest($1::text[]) AS a (address)
JOIN customers c ON lower(c.email) = lower(a.address)
GROUP BY a.address
