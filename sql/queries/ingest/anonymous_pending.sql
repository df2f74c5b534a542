-- Kept events whose anonymous id is tied by now, oldest first; known says that the customer's log has the event already.
SELECT kept.anonymous_id, kept.message_id, tie.customer_id, kept.activity::text,
       EXISTS (SELECT FROM activities log WHERE log.customer_id = tie.customer_id AND log.message_id = kept.message_id) AS known
FROM anonymous_activities kept
JOIN anonymous_identities tie USING (anonymous_id)
WHERE kept.anonymous_id = ANY ($1)
ORDER BY kept.received_at, kept.anonymous_id, kept.message_id
LIMIT $2;
