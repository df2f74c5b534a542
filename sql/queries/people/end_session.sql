-- Signs a browser out.
DELETE FROM sessions WHERE hash = $1 RETURNING id;
