-- Which server counts the transactions of this database; one that was recovered from a base backup goes on counting as the same.
SELECT system_identifier::text FROM pg_control_system()
