-- An empty table with the columns and indexes of the log, outside of it, so that nothing follows what is copied there.
CREATE TABLE bench_log (LIKE activities INCLUDING ALL)
