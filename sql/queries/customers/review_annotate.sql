-- Who looks after a review, and what was said; a change that the live feed follows.
UPDATE reviews SET assignee = $2, note = $3, change_id = nextval(pg_get_serial_sequence('reviews', 'change_id')) WHERE id = $1
