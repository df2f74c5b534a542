-- How many rows were copied; whoever copies next begins anew.
SELECT count(*) FROM bench_log
