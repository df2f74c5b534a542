-- Waits for no lock for longer than a moment, until the transaction ends.
SELECT set_config('lock_timeout', '200ms', true)
