-- Orleans is the only engine: the tables of the embedded one go. The version before still writes nodes.engine, so the column
-- stays until the version after this one and has a default meanwhile.
-- The embedded engine of the version before was for one process alone: nobody rolls it out beside this one.
-- contract: no longer: grain_storage.grain_type is text
-- contract: no longer: grain_storage.grain_type is never null
-- contract: no longer: grain_storage.grain_key is text
-- contract: no longer: grain_storage.grain_key is never null
-- contract: no longer: grain_storage.name is text
-- contract: no longer: grain_storage.name is never null
-- contract: no longer: grain_storage.version is bigint
-- contract: no longer: grain_storage.version is never null
-- contract: no longer: grain_storage.state is jsonb
-- contract: no longer: grain_storage.state is never null
-- contract: no longer: grain_reminders.grain_type is text
-- contract: no longer: grain_reminders.grain_type is never null
-- contract: no longer: grain_reminders.grain_key is text
-- contract: no longer: grain_reminders.grain_key is never null
-- contract: no longer: grain_reminders.name is text
-- contract: no longer: grain_reminders.name is never null
-- contract: no longer: grain_reminders.first_due is timestamp with time zone
-- contract: no longer: grain_reminders.first_due is never null
-- contract: no longer: grain_reminders.period_ms is bigint
-- contract: no longer: grain_reminders.period_ms is never null
-- contract: no longer: grain_reminders.etag is text
-- contract: no longer: grain_reminders.etag is never null
DROP TABLE grain_storage, grain_reminders;

ALTER TABLE nodes ALTER COLUMN engine SET DEFAULT 'orleans';
