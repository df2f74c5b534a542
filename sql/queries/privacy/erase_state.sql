-- Locks the state of a customer who is to be erased: no process commits for it from here on.
SELECT version FROM customer_states WHERE customer_id = $1 FOR UPDATE
