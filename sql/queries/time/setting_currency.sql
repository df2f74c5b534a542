-- Sets the currency of amounts; where it was another one, payments are counted by week again.
WITH written AS (
    INSERT INTO settings AS s (name, value) VALUES ('currency', $1)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE s.value <> excluded.value
    RETURNING value
)
INSERT INTO weekly_changed (customer_id)
SELECT DISTINCT p.customer_id FROM customer_signals p WHERE p.kind = 15 AND EXISTS (SELECT FROM written)
