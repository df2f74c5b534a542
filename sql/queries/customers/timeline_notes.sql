-- Notes about a customer before a place of the timeline, newest first, as CustomerNote reads them.
SELECT id, at, author, text
FROM customer_notes
WHERE customer_id = $1 AND ($2::timestamptz IS NULL OR (at, 4, to_char(id, 'FM0000000000000000000')) < ($2, $3::integer, $4::text))
ORDER BY at DESC, id DESC
LIMIT $5
