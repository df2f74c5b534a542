-- Writes what a commit writes to, but for one setting no row of it: it waits for whoever holds one of the tables, and fails where a commit fails.
WITH states AS (UPDATE customer_states SET version = version WHERE false),
    profiles AS (UPDATE customers SET name = name WHERE false),
    log AS (UPDATE activities SET sequence = sequence WHERE false),
    ledger AS (UPDATE customer_status_assignments SET number = number WHERE false),
    records AS (UPDATE decisions SET number = number WHERE false),
    cases AS (UPDATE reviews SET status = status WHERE false)
INSERT INTO settings (name, value) VALUES ('commit_probe', now()::text)
ON CONFLICT (name) DO UPDATE SET value = excluded.value
