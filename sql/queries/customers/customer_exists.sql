-- Whether there is such a customer.
SELECT EXISTS (SELECT FROM customers WHERE customer_id = $1)
