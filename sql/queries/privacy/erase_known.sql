-- Whether players kept anything of somebody of whom nothing else is known.
SELECT EXISTS (SELECT FROM xapi_documents WHERE customer_id = $1) OR EXISTS (SELECT FROM xapi_statements WHERE customer_id = $1)
