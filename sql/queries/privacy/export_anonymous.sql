-- Kept events of a customer's anonymous ids that are not in its log yet, a JSON object each.
SELECT json_build_object('anonymousId', a.anonymous_id, 'messageId', a.message_id, 'receivedAt', a.received_at, 'activity', a.activity)::text
FROM anonymous_identities t
JOIN anonymous_activities a USING (anonymous_id)
WHERE t.customer_id = $1
