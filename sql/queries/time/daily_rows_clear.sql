-- Takes the daily rows of some customers of a range of days away, both ends included.
DELETE FROM daily_learning_metrics WHERE customer_id = ANY ($1) AND date BETWEEN $2 AND $3
