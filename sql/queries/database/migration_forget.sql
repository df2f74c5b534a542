-- Forgets a migration that was taken back.
DELETE FROM schema_migrations WHERE number = $1
