-- Opens the record of what a person does to some customers at once. It is over for the shards from the start: they would end a batch that has no work for them.
INSERT INTO evaluation_batches (id, scope, due_at, started_at, finished_at, total) VALUES ($1, $2, $3, $3, $3, $4)
