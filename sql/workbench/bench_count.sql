-- How many rows the log has.
SELECT count(*) FROM activities
