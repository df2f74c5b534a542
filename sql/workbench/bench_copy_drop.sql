-- Away with it, so that nothing vacuums it while the next run is measured.
DROP TABLE bench_log
