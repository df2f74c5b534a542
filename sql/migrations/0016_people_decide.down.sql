DROP INDEX customer_status_assignments_people;
DROP INDEX customer_status_assignments_version;
DROP TABLE customer_notes;
ALTER TABLE reviews DROP COLUMN note, DROP COLUMN assignee;
