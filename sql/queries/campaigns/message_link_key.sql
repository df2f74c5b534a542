-- What links in messages are signed with, made at the first need; whoever comes later gets what was made.
WITH made AS (
    INSERT INTO message_link_key (key) VALUES ($1)
    ON CONFLICT (single) DO NOTHING
    RETURNING key
)
SELECT key FROM made
UNION ALL
SELECT key FROM message_link_key
LIMIT 1
