-- How many reviews are open, when the oldest was opened, and how many were opened after each of four instants.
SELECT count(*), min(opened_at), count(*) FILTER (WHERE opened_at > $1), count(*) FILTER (WHERE opened_at > $2),
    count(*) FILTER (WHERE opened_at > $3), count(*) FILTER (WHERE opened_at > $4)
FROM reviews
WHERE status = 'open'
