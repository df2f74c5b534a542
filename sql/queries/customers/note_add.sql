-- A note about a customer that is known, as CustomerNote reads it; one who is being erased is waited for, and is not known then.
INSERT INTO customer_notes (customer_id, at, author, text)
SELECT customer_id, $2, $3, $4 FROM customer_states WHERE customer_id = $1 FOR KEY SHARE
RETURNING id, at, author, text
