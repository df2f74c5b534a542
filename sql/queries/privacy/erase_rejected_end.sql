-- The newest refused event.
SELECT coalesce(max(id), 0) FROM rejected_events
