DROP TABLE event_names;
