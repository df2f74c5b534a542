DROP TABLE message_events;
DROP TABLE message_link_key;
