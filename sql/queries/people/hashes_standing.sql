-- Which of many keys and sessions, by their hashes, still let somebody in.
SELECT hash FROM standing_keys WHERE hash = ANY($1)
UNION
SELECT hash FROM standing_sessions WHERE hash = ANY($1);
