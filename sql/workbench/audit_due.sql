-- How much is due up to an instant and not done: checks of customers, batches, and causes of campaigns that nobody planned.
SELECT (SELECT count(*) FROM customer_states WHERE next_check_at <= $1) + (SELECT count(*) FROM evaluation_batches WHERE finished_at IS NULL)
    + (SELECT count(*) FROM campaign_causes WHERE planned_at IS NULL AND at <= $1)
