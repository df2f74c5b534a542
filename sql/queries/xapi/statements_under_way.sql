-- When the oldest statement was received whose activity is being recorded now.
SELECT min(stored) FROM xapi_statements WHERE realm = $1 AND stored > $2 AND NOT recorded
