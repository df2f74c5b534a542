-- How many rows were copied.
SELECT count(*) FROM bench_log
