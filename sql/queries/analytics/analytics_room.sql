-- Until the end of the transaction: memory for the sums of some years of days, and no compiling of plans, which takes longer than it saves.
SELECT set_config('work_mem', '32MB', true), set_config('jit', 'off', true)
