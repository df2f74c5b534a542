-- Every column of the log, to be copied in again by the measurement of what PostgreSQL alone takes.
COPY (SELECT * FROM activities) TO STDOUT (FORMAT BINARY)
