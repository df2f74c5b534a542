-- The tags that some customers ever had, without those that were taken back.
SELECT DISTINCT customer_id, tag FROM customer_status_assignments WHERE customer_id = ANY ($1) AND undone_at IS NULL AND kind <> 6
