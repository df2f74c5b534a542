-- Forgets processes that died a day ago.
DELETE FROM nodes WHERE seen_at < now() - interval '1 day'
