-- The silos that the membership table lists as alive, those of one address and port left out.
SELECT address, port FROM orleans_silos WHERE status <> 6 AND NOT (address = $1 AND port = $2)
