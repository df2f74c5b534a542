-- Events of one request of a plain service.
INSERT INTO peer_events (message_id, user_id, type, occurred_at, name, properties)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::json[])
