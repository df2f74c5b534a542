-- Who of the samples of a day was silent between two instants: nothing of some types is in the log.
UPDATE prediction_samples s
SET features = NULL, silent = NOT EXISTS (
    SELECT FROM activities a WHERE a.customer_id = s.customer_id AND a.type = ANY ($4) AND a.occurred_at >= $2 AND a.occurred_at < $3)
WHERE s.day = $1
