-- The last change number of reviews, 0 for none.
SELECT coalesce(max(change_id), 0) FROM reviews
