-- Takes back statements whose activities were refused.
DELETE FROM xapi_statements WHERE realm = $1 AND statement_id = ANY ($2) AND NOT recorded
