-- Whether the server has a database of that name.
SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)
