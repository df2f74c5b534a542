-- Run once by a superuser through psql 15 or newer, with LSTEP_DB_PASSWORD in its environment: the role L-Step works as, and its database.
-- It owns its database and nothing else: migrations and monthly partitions are made by the process itself.
\set ON_ERROR_STOP on
\getenv password LSTEP_DB_PASSWORD
CREATE ROLE lstep_app LOGIN PASSWORD :'password' NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
CREATE DATABASE lstep OWNER lstep_app ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;
REVOKE ALL ON DATABASE lstep FROM PUBLIC;
