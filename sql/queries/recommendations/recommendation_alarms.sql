-- How the alarms of each rule since $1 turned out by $2, of those whose days are over: decided by people, or of learners to whom nothing was
-- sent meanwhile. An alarm that was undone, overridden or rejected was wrong, and so is one after which the learner came back by itself.
WITH alarms AS (
    SELECT a.customer_id, a.rule_id, a.at, a.number, a.kind = 4 AS by_person,
        coalesce(a.undone_at <= a.at + interval '14 days', false) OR EXISTS (
            SELECT FROM customer_status_assignments o
            WHERE o.customer_id = a.customer_id AND o.number = a.number + 1 AND o.kind = 5 AND o.at <= a.at + interval '14 days') AS refused,
        (SELECT min(b.at) FROM customer_status_assignments b
            WHERE b.customer_id = a.customer_id AND b.number > a.number AND b.kind = 1 AND b.tag IN ('ST_001', 'ST_002', 'ST_003')
                AND b.undone_at IS NULL AND b.at <= a.at + make_interval(days => $3)) AS back_at
    FROM customer_status_assignments a
    WHERE a.tag = 'ST_004' AND a.previous_tag IN ('ST_001', 'ST_002', 'ST_003') AND a.kind IN (1, 4) AND a.rule_id IS NOT NULL
        AND a.at >= $1 AND a.at + make_interval(days => $3) <= $2
    UNION ALL
    SELECT customer_id, rule_id, opened_at, NULL, status = 'rejected', status = 'rejected',
        CASE WHEN status = 'withdrawn' AND decided_at <= opened_at + make_interval(days => $3) THEN decided_at END
    FROM reviews
    WHERE to_tag = 'ST_004' AND from_tag IN ('ST_001', 'ST_002', 'ST_003') AND status IN ('rejected', 'withdrawn')
        AND opened_at >= $1 AND opened_at + make_interval(days => $3) <= $2
)
SELECT rule_id, count(*), count(*) FILTER (WHERE refused), count(*) FILTER (WHERE NOT refused AND NOT by_person AND back_at IS NOT NULL)
FROM alarms m
WHERE refused OR by_person OR NOT EXISTS (
    SELECT FROM campaign_actions c
    WHERE c.customer_id = m.customer_id AND c.channel IN (0, 1, 2, 3, 5) AND c.sent_at >= m.at
        AND c.sent_at <= least(m.back_at, m.at + make_interval(days => $3)))
GROUP BY rule_id
