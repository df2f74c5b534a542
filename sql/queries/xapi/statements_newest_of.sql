-- A page of statements that can be found by some keys, newest first.
SELECT s.statement::text, s.stored, s.number
FROM xapi_statements s
WHERE s.realm = $1 AND s.recorded AND s.stored > $2 AND s.stored <= $3 AND (s.stored, s.number) < ($4, $5)
    AND (s.keys @> $7 OR (s.target IS NOT NULL AND s.target_keys @> $7))
    AND (s.voids OR NOT EXISTS (SELECT FROM xapi_statements v WHERE v.realm = s.realm AND v.target = s.statement_id AND v.voids AND v.recorded))
ORDER BY s.stored DESC, s.number DESC
LIMIT $6
