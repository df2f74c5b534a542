-- Which of the ids asked for the log of a customer has, each received at or after an instant of its own.
SELECT DISTINCT asked.id
FROM unnest($2::text[], $3::timestamptz[]) AS asked (id, since)
JOIN activities a ON a.customer_id = $1 AND a.message_id = asked.id AND a.received_at >= asked.since
