// A test waits for clocks, processes and the database for about a third of its time: one more than there are processors of the smallest
// machine keeps them busy, and leaves enough for what is measured against a deadline.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
