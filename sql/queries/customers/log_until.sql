-- The log of some customers as it was at an instant, turn by turn, as LogEntry reads it; only what identify sent is read of the properties.
SELECT customer_id, message_id, received_at, occurred_at, recorded_at, sequence, version, type, event, origin, batch_no,
    CASE WHEN type = 23 THEN properties ELSE '{}'::json END AS properties,
    subject, score, final, curriculum_completion, count, mobile, anonymous_id, xid
FROM activities
WHERE customer_id = ANY ($1) AND recorded_at <= $2
ORDER BY customer_id, version, sequence
