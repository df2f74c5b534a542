-- A setting, if it was ever set.
SELECT value FROM settings WHERE name = $1
