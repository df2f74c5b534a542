-- Kept events behind a place whose anonymous id was tied while they were kept, oldest first; known says that the customer's log has the event already.
SELECT kept.anonymous_id, kept.message_id, tie.customer_id, kept.activity::text,
       EXISTS (SELECT FROM activities log WHERE log.customer_id = tie.customer_id AND log.message_id = kept.message_id) AS known,
       kept.received_at
FROM anonymous_activities kept
JOIN anonymous_identities tie USING (anonymous_id)
WHERE kept.anonymous_id = ANY ($1) AND kept.received_at >= tie.tied_at - make_interval(hours => $2)
    AND ($3::timestamptz IS NULL OR (kept.received_at, kept.anonymous_id, kept.message_id) > ($3, $4::text, $5::text))
ORDER BY kept.received_at, kept.anonymous_id, kept.message_id
LIMIT $6;
