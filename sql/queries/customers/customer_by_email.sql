-- The customer who has been here longest of those with an email, whatever its case, found by the searched texts.
SELECT c.customer_id
FROM customer_search s
JOIN customers c USING (customer_id)
WHERE s.folded LIKE (SELECT lstep_fold($2)) AND lower(c.email) = lower($1)
ORDER BY c.created_at, c.customer_id
LIMIT 1
