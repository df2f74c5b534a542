-- How many customers there are to look at.
SELECT count(*) FROM customer_states
