-- The database's clock, by which processes say that they are there.
SELECT clock_timestamp()
