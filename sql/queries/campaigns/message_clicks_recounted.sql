-- The click before, which was taken for a person's, was the beginning of a machine's walk over all links.
UPDATE message_events
SET times = times - 1
WHERE customer_id = $1 AND action_id = $2 AND event = 2 AND NOT machine AND times > 0 AND last_at >= $3
