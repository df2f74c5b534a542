-- Forgets refused events that nobody needed in time.
DELETE FROM rejected_events WHERE received_at < $1;
