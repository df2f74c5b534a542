-- A review's assignee and note, held until they are changed.
SELECT assignee, note FROM reviews WHERE id = $1 FOR UPDATE
