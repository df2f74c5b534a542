-- What the daily rows did not follow yet gets an id that this server counted: the one it came with was another's.
UPDATE activities SET xid = pg_current_xact_id() WHERE xid >= $1
