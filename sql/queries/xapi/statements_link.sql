-- Statements are found by what the one that they are about is found by. Either of the two may come first.
WITH RECURSIVE chain AS (
    SELECT s.statement_id, t.keys || t.target_keys AS keys, 1 AS depth
    FROM xapi_statements s
    JOIN xapi_statements t ON t.realm = s.realm AND t.statement_id = s.target
    WHERE s.realm = $1 AND s.statement_id = ANY ($2)
    UNION ALL
    (SELECT s.statement_id, t.keys || t.target_keys, 1
    FROM xapi_statements t
    JOIN xapi_statements s ON s.realm = t.realm AND s.target = t.statement_id
    WHERE t.realm = $1 AND t.statement_id = ANY ($2)
    LIMIT 1000)
    UNION ALL
    SELECT s.statement_id, c.keys, c.depth + 1
    FROM chain c
    JOIN xapi_statements s ON s.realm = $1 AND s.target = c.statement_id
    WHERE c.depth < 4
)
UPDATE xapi_statements s
SET target_keys = ARRAY(SELECT DISTINCT unnest(s.target_keys || n.keys))
FROM (
    SELECT c.statement_id, array_agg(DISTINCT key) AS keys
    FROM (SELECT statement_id, keys FROM chain LIMIT 1000) AS c, unnest(c.keys) AS key
    GROUP BY c.statement_id) AS n
WHERE s.realm = $1 AND s.statement_id = n.statement_id AND NOT s.target_keys @> n.keys
