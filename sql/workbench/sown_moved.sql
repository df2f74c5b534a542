-- What came behind a ledger id: rows, those of them of a batch, customers with one; and the reviews opened behind a change.
SELECT count(*), count(*) FILTER (WHERE batch_id IS NOT NULL), count(DISTINCT customer_id),
    (SELECT count(*) FROM reviews WHERE change_id > $2 AND status = 'open'), coalesce(max(id), $1), (SELECT coalesce(max(change_id), 0) FROM reviews)
FROM customer_status_assignments
WHERE id > $1
