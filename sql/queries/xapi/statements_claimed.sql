-- What stands under some ids of statements, and whether their activities are recorded.
SELECT statement_id, fingerprint, told_at, recorded FROM xapi_statements WHERE realm = $1 AND statement_id = ANY ($2)
