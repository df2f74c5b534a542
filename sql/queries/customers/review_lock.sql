-- A review's customer, assignee and note, held until they are changed.
SELECT customer_id, assignee, note FROM reviews WHERE id = $1 FOR UPDATE
