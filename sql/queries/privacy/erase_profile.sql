-- Locks the profile of a customer who is to be erased; answers what else may name the person.
SELECT email, name FROM customers WHERE customer_id = $1 FOR UPDATE
