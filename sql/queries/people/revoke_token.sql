-- Ends a key or a link, and with it the sessions opened with it and with the links that were made with it.
UPDATE tokens SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL RETURNING role, name;
