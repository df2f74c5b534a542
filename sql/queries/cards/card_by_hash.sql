-- The name of the card behind a link, while it is valid.
SELECT name FROM cards WHERE hash = $1 AND (expires_at IS NULL OR expires_at > now())
