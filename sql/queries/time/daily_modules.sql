-- When some customers completed the modules that they complete in a portion of the log: one that comes late and was earlier takes the count from another
-- day. Of those who have completed more than is kept, all modules: a new one may have taken the place of any.
WITH completed AS MATERIALIZED (
    SELECT DISTINCT customer_id, subject FROM activities WHERE xid >= $1 AND xid < $2 AND type = 7 AND customer_id = ANY ($3)
)
SELECT DISTINCT a.customer_id, date_bin('15 minutes', a.occurred_at, 'epoch')
FROM activities a
LEFT JOIN completed c ON c.customer_id = a.customer_id AND c.subject = a.subject
WHERE a.type = 7 AND a.customer_id = ANY ($3) AND (c.customer_id IS NOT NULL OR a.customer_id = ANY ($4))
