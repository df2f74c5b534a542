-- A process says that it is there, and how busy it is. By the database's clock: those of the hosts may differ.
INSERT INTO nodes (name, address, version, phase, started_at, seen_at, load, load_at) VALUES ($1, $2, $3, $4, $5, now(), $6::jsonb, now())
ON CONFLICT (name) DO UPDATE SET address = excluded.address, version = excluded.version, phase = excluded.phase,
    started_at = excluded.started_at, seen_at = excluded.seen_at, load = excluded.load, load_at = excluded.load_at
