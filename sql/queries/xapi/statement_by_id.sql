-- A recorded statement, and whether it was voided: a voiding statement never is.
SELECT s.statement::text, s.stored,
    NOT s.voids AND EXISTS (SELECT FROM xapi_statements v WHERE v.realm = s.realm AND v.target = s.statement_id AND v.voids AND v.recorded)
FROM xapi_statements s
WHERE s.realm = $1 AND s.statement_id = $2 AND s.recorded
