-- Deletes a state or profile.
DELETE FROM xapi_documents WHERE place = $1 AND registration = $2 AND document_id = $3
