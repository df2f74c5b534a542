-- Which quarter hours of whom a portion of the log touches, and whether modules (type 7) were completed; every time zone's midnight falls between two of
-- them.
SELECT customer_id, date_bin('15 minutes', occurred_at, 'epoch'), max(recorded_at), bool_or(type = 7 AND subject <> '') IS TRUE
FROM activities
WHERE xid >= $1 AND xid < $2
GROUP BY 1, 2
ORDER BY 1
