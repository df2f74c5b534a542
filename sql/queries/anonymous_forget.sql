-- Takes away kept events that their customer's log has now.
DELETE FROM anonymous_activities
WHERE (anonymous_id, message_id) IN (SELECT * FROM unnest($1::text[], $2::text[]));
