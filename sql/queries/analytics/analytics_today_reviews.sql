-- Open reviews: all, somebody's own, those opened before an instant, and when the oldest was opened.
SELECT count(*), count(*) FILTER (WHERE assignee = $1), count(*) FILTER (WHERE opened_at < $2), min(opened_at) FROM reviews WHERE status = 'open'
