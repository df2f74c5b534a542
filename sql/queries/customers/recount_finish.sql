-- Remembers that the states of all customers are stored in a format.
INSERT INTO settings (name, value) VALUES ('states_format', $1)
ON CONFLICT (name) DO UPDATE SET value = excluded.value
