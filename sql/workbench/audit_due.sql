-- How much is due up to an instant and not done: checks of customers, and batches.
SELECT (SELECT count(*) FROM customer_states WHERE next_check_at <= $1) + (SELECT count(*) FROM evaluation_batches WHERE finished_at IS NULL)
