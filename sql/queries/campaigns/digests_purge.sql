-- Forgets the digests of days before one.
DELETE FROM digests WHERE day < $1
