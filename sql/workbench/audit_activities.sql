-- Every message the log has, and how often.
SELECT customer_id, message_id, count(*) FROM activities GROUP BY customer_id, message_id
