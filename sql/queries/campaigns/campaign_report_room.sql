-- Until the end of the transaction: room for tables of a few hundred thousand customers in memory, and time for them. The plan is not compiled,
-- which would take longer than it saves.
SELECT set_config('work_mem', '64MB', true), set_config('jit', 'off', true), set_config('statement_timeout', '15s', true)
