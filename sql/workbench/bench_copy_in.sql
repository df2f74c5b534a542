-- Rows of the log once more, into an empty table under the same indexes.
COPY bench_log FROM STDIN (FORMAT BINARY)
