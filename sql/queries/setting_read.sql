-- A setting's value.
SELECT value FROM settings WHERE name = $1
