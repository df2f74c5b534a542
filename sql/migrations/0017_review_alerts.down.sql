ALTER TABLE reviews DROP COLUMN alerts;
