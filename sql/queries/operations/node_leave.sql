-- A process ends.
DELETE FROM nodes WHERE name = $1
