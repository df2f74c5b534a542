-- What a process says of its own load with each beat. The version before beats without it: what is older than the beat itself is nobody's present load.
ALTER TABLE nodes ADD COLUMN load jsonb, ADD COLUMN load_at timestamptz;
