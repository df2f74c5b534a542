-- Ids of the states or profiles of a place that changed after an instant, of one registration or of all.
SELECT DISTINCT document_id, max(updated_at) OVER () FROM xapi_documents
WHERE place = $1 AND ($2::text IS NULL OR registration = $2) AND updated_at > $3
ORDER BY document_id
