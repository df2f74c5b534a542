-- Uses a sign-in link: of any number of tries exactly one gets the row.
UPDATE tokens SET used_at = now()
WHERE hash = $1 AND one_time AND used_at IS NULL AND revoked_at IS NULL AND expires_at > now()
  AND (made_with IS NULL OR EXISTS (SELECT FROM standing_keys k WHERE k.id = made_with))
RETURNING id, role, name;
