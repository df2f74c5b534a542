-- Forgets who could not be evaluated in batches of long ago.
DELETE FROM evaluation_batch_errors WHERE at < $1
