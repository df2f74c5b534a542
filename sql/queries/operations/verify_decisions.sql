-- The decision records of some customers, in order.
SELECT customer_id, number, record FROM decisions WHERE customer_id = ANY ($1) ORDER BY customer_id, number
