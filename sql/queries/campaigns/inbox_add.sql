-- Messages for the inboxes of customers, one for each action.
INSERT INTO inbox_messages (customer_id, action_id, at, title, body, link)
SELECT * FROM unnest($1::text[], $2::bigint[], $3::timestamptz[], $4::text[], $5::text[], $6::text[])
