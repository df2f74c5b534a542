-- Remembers a migration.
INSERT INTO schema_migrations (number, name, checksum, runs_from) VALUES ($1, $2, $3, $4)
