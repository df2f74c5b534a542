-- Of each person who decided a review or completed a task in a time: reviews decided and approved, the median time from opening to decision in minutes;
-- of customers at risk whom it completed a task for, how many were known 30 days later and were back in ST_001 or ST_002 by then.
WITH decided AS (
    SELECT r.decided_by AS person, count(*) AS decided, count(*) FILTER (WHERE r.status = 'approved') AS approved,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM r.decided_at - r.opened_at) / 60) AS minutes
    FROM reviews r
    WHERE r.status IN ('approved', 'rejected') AND r.decided_at >= $1 AND r.decided_at < $2 AND r.decided_by IS NOT NULL
    GROUP BY r.decided_by
), contacts AS (
    SELECT t.completed_by AS person, t.customer_id, t.completed_at,
        (SELECT l.tag FROM customer_status_assignments l
            WHERE l.customer_id = t.customer_id AND l.due_at <= t.completed_at AND l.undone_at IS NULL ORDER BY l.number DESC LIMIT 1) AS tag
    FROM campaign_tasks t
    WHERE t.completed_at >= $1 AND t.completed_at < $2 AND t.completed_by IS NOT NULL
), tasks AS (
    SELECT c.person, count(*) AS tasks, count(*) FILTER (WHERE known) AS known, count(*) FILTER (WHERE known AND EXISTS (
        SELECT FROM customer_status_assignments l
        WHERE l.customer_id = c.customer_id AND l.tag IN ('ST_001', 'ST_002') AND l.undone_at IS NULL AND l.kind NOT IN (2, 6)
            AND l.due_at > c.completed_at AND l.due_at <= c.completed_at + interval '30 days')) AS recovered
    FROM (SELECT *, tag IN ('ST_004', 'ST_005') AND completed_at + interval '30 days' <= $3 AS known FROM contacts) AS c
    GROUP BY c.person
)
SELECT person, coalesce(d.decided, 0), coalesce(d.approved, 0), d.minutes::double precision, coalesce(t.tasks, 0), coalesce(t.known, 0), coalesce(t.recovered, 0)
FROM decided d FULL JOIN tasks t USING (person)
ORDER BY coalesce(d.decided, 0) + coalesce(t.tasks, 0) DESC, person
LIMIT $4
