// A test also waits for clocks, processes and the database: one more than the processors of the smallest machine.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
