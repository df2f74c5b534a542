-- Empties the tables that a simulated population leaves its rows in.
TRUNCATE customers, customer_states, activities, customer_status_assignments, decisions, reviews, campaign_causes, evaluation_batch_shards, evaluation_batches, settings
