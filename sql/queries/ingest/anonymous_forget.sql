-- Takes away kept events that their customer's log has now, locked in the order in which they are kept.
WITH gone AS (
    SELECT anonymous_id, message_id FROM anonymous_activities
    WHERE (anonymous_id, message_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))
    ORDER BY anonymous_id, message_id FOR UPDATE
)
DELETE FROM anonymous_activities kept USING gone WHERE kept.anonymous_id = gone.anonymous_id AND kept.message_id = gone.message_id;
