-- Every column of the newest rows of the log, for the measurement of what PostgreSQL alone takes.
COPY (SELECT * FROM activities ORDER BY xid DESC LIMIT 500000) TO STDOUT (FORMAT BINARY)
