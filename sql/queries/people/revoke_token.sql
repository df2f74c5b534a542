-- Ends a key, and with it the sessions opened with it.
UPDATE tokens SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL;
