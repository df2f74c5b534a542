-- Forgets how much was kept of days of which nothing is kept any more.
WITH summaries AS (DELETE FROM kept_summaries WHERE day < $1)
DELETE FROM kept_bytes WHERE day < $1
