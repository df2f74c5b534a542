DROP INDEX customers_email;
DROP TABLE xapi_documents, xapi_mentions, xapi_statements;
