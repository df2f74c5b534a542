-- Rules of which people decided enough to calibrate them: approved, rejected, undid or overrode.
SELECT rule_id
FROM (
    SELECT rule_id FROM customer_status_assignments WHERE kind = 4
    UNION ALL
    SELECT rule_id FROM reviews WHERE status = 'rejected'
    UNION ALL
    SELECT a.rule_id
    FROM customer_status_assignments p
    JOIN customer_status_assignments a ON a.customer_id = p.customer_id AND (p.kind = 6 AND a.id = p.undoes OR p.kind = 5 AND a.number = p.number - 1)
    WHERE p.kind IN (5, 6) AND a.kind = 1
) AS by_people
WHERE rule_id IS NOT NULL
GROUP BY rule_id
HAVING count(*) >= $1
