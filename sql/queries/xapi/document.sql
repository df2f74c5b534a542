-- A state or profile.
SELECT content_type, content, etag, updated_at FROM xapi_documents WHERE place = $1 AND registration = $2 AND document_id = $3
