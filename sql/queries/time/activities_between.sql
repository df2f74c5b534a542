-- What some customers did between two instants each, as LogEntry reads it; without properties, of which daily rows need nothing and which may be large.
SELECT a.customer_id, a.message_id, a.received_at, a.occurred_at, a.recorded_at, a.sequence, a.version, a.type, a.event, a.origin, a.batch_no,
    '{}'::json,
    a.subject, a.score, a.final, a.curriculum_completion, a.count, a.mobile, a.anonymous_id, a.xid
FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) AS asked (customer_id, since, until)
JOIN activities a ON a.customer_id = asked.customer_id AND a.occurred_at >= asked.since AND a.occurred_at < asked.until
