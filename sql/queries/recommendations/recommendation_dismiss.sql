-- Takes one off the list for a while.
UPDATE recommendations SET dismissed_by = $2, dismissed_at = $3, dismissed_until = $4 WHERE id = $1
