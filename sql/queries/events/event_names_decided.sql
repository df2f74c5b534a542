-- What operators decided about names.
SELECT key, activity FROM event_names WHERE activity IS NOT NULL;
