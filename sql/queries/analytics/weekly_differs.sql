-- Of some customers whose figures by week do not wait to be computed again: what they add, and what was added, where the two differ.
SELECT customer_id, measure, day, coalesce(f.count, 0), coalesce(s.count, 0)
FROM lstep_weekly($1, $2) f
FULL JOIN (SELECT * FROM weekly_counted WHERE customer_id = ANY ($1)) AS s USING (customer_id, measure, day, tag, value)
WHERE coalesce(f.count, 0) <> coalesce(s.count, 0)
    AND NOT EXISTS (SELECT FROM weekly_changed c WHERE c.customer_id = coalesce(f.customer_id, s.customer_id))
