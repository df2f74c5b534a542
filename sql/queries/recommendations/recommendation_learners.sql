-- A sample of customers that is the same every day, so that learners do not change the answer by coming and going.
SELECT customer_id FROM customer_states ORDER BY hashtextextended(customer_id, 5020260037), customer_id LIMIT $1
