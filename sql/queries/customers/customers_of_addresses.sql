-- Whose some addresses are, without regard to case; of several customers with one address the one who has been here longest.
SELECT DISTINCT ON (a.address) a.address, c.customer_id
FROM unnest($1::text[]) AS a (address)
JOIN customers c ON lower(c.email) = lower(a.address)
ORDER BY a.address, c.created_at, c.customer_id
