-- The log's own rows once more, into the same table under the same indexes.
COPY activities FROM STDIN (FORMAT BINARY)
