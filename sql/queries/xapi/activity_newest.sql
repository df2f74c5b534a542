-- The newest statements about an activity.
SELECT s.statement::text FROM xapi_statements s WHERE s.realm = $1 AND s.recorded AND s.keys @> $2 ORDER BY s.stored DESC, s.number DESC LIMIT $3
