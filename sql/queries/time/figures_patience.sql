-- How long a lock is waited for in this transaction.
SELECT set_config('lock_timeout', $1, true)
