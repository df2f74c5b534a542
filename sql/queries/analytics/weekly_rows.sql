-- What was counted in each business week of a range, by its Monday: only what lies within the range.
SELECT day - (extract(isodow FROM day)::integer - 1), measure, tag, sum(count * CASE measure WHEN 'nps' THEN value ELSE 1 END)::bigint, sum(count)::bigint
FROM weekly_days
WHERE measure IN ('opened', 'clicked', 'converted', 'nps', 'tickets', 'revenue_kept') AND day BETWEEN $1 AND $2
GROUP BY 1, 2, 3
HAVING sum(count) <> 0
