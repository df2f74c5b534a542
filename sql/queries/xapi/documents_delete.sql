-- Deletes the states of a place, of one registration or of all.
DELETE FROM xapi_documents WHERE place = $1 AND ($2::text IS NULL OR registration = $2)
