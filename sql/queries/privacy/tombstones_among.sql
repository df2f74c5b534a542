-- Which of some hashes are of ids that were erased.
SELECT hash FROM tombstones WHERE hash = ANY ($1)
