-- Orleans is the only engine: the tables of the embedded one go. The version before still writes nodes.engine, so the column
-- stays until the version after this one and has a default meanwhile.
DROP TABLE grain_storage, grain_reminders;

ALTER TABLE nodes ALTER COLUMN engine SET DEFAULT 'orleans';
