-- How decisions of some rules turned out by an instant, with the plain confidence they were made with: an approved move is right, an automatic one that
-- stood for 14 days too; a rejected one is wrong, and so is one that was undone or overridden within 14 days.
WITH outcomes AS (
    SELECT a.customer_id, a.rule_id, a.decision_number, a.kind = 4 OR taken_back AS by_person,
           CASE WHEN taken_back THEN false WHEN a.kind = 4 OR a.at + interval '14 days' <= $2 THEN true END AS is_right
    FROM customer_status_assignments a
    CROSS JOIN LATERAL (
        SELECT coalesce(a.undone_at <= least(a.at + interval '14 days', $2), false)
            OR EXISTS (
                SELECT FROM customer_status_assignments o
                WHERE o.customer_id = a.customer_id AND o.number = a.number + 1 AND o.kind = 5 AND o.at <= least(a.at + interval '14 days', $2)
            ) AS taken_back
    ) AS later
    WHERE a.kind IN (1, 4) AND a.rule_id = ANY ($1) AND a.at <= $2
    UNION ALL
    SELECT customer_id, rule_id, decision_number, true, false
    FROM reviews
    WHERE status = 'rejected' AND rule_id = ANY ($1) AND decided_at <= $2
)
SELECT o.rule_id, c.confidence, o.is_right, o.by_person, count(*)::integer
FROM outcomes o
JOIN decisions d ON d.customer_id = o.customer_id AND d.number = o.decision_number
CROSS JOIN LATERAL (
    SELECT (rule ->> 'confidence')::numeric AS confidence
    FROM jsonb_array_elements(d.record -> 'rules') AS rule
    WHERE (rule ->> 'id')::integer = o.rule_id
) AS c
WHERE o.is_right IS NOT NULL AND c.confidence IS NOT NULL
GROUP BY o.rule_id, c.confidence, o.is_right, o.by_person
ORDER BY o.rule_id, c.confidence, o.is_right, o.by_person
