-- A note about a customer that is known, as CustomerNote reads it.
INSERT INTO customer_notes (customer_id, at, author, text)
SELECT customer_id, $2, $3, $4 FROM customer_states WHERE customer_id = $1
RETURNING id, at, author, text
