-- Writes a state or profile in the place of what was there.
INSERT INTO xapi_documents (customer_id, place, registration, document_id, activity_id, content_type, content, etag, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (place, registration, document_id) DO UPDATE
SET customer_id = excluded.customer_id, content_type = excluded.content_type, content = excluded.content, etag = excluded.etag,
    updated_at = excluded.updated_at
