-- Signs a browser out.
DELETE FROM sessions WHERE hash = $1;
