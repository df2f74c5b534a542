-- Who a secret belongs to, while it is valid; a sign-in link is nobody until it is exchanged for a session.
SELECT id, role, name FROM standing_keys WHERE hash = $1;
