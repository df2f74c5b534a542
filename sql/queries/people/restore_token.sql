-- Lets somebody of the provider in again who was revoked; a key's secret that was revoked stays so.
UPDATE tokens SET revoked_at = NULL WHERE id = $1 AND subject IS NOT NULL AND revoked_at IS NOT NULL RETURNING role, name;
