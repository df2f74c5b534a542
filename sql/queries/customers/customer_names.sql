-- The names of customers by id; an id that nobody has gives no row.
SELECT customer_id, name FROM customers WHERE customer_id = ANY ($1::text[])
