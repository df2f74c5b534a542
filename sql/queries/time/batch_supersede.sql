-- Ends runs of some kinds that a new one makes needless: it looks at everybody, too.
UPDATE evaluation_batches SET finished_at = $1 WHERE finished_at IS NULL AND scope = ANY ($2)
