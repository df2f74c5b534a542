-- Statements whose activities are in the log.
UPDATE xapi_statements SET recorded = true WHERE realm = $1 AND statement_id = ANY ($2) AND NOT recorded
