-- Removes statements of others that name a person, by its id or its address, and what players kept under the address before the person was known by it.
WITH named AS (
    DELETE FROM xapi_mentions m WHERE m.customer_id = ANY ($1) RETURNING m.realm, m.statement_id
), statements AS (
    DELETE FROM xapi_statements s USING named n WHERE s.realm = n.realm AND s.statement_id = n.statement_id RETURNING true
), documents AS (
    DELETE FROM xapi_documents d WHERE d.customer_id = ANY ($1) RETURNING true
)
SELECT 'xapi_mentions', count(*), NULL::text FROM named
UNION ALL
SELECT 'xapi_statements', count(*), NULL FROM statements
UNION ALL
SELECT 'xapi_documents', count(*), NULL FROM documents
