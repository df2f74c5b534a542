-- The figures by week of days that are not the sum of their customers, and what that is.
SELECT measure, day, tag, coalesce(d.count, 0), coalesce(s.count, 0)
FROM weekly_days d
FULL JOIN (
    SELECT measure, day, tag, value, sum(count)::bigint AS count
    FROM (SELECT measure, day, tag, value, count FROM weekly_counted UNION ALL SELECT measure, day, tag, value, count FROM weekly_removed) AS r
    GROUP BY measure, day, tag, value) AS s USING (measure, day, tag, value)
WHERE coalesce(d.count, 0) <> coalesce(s.count, 0)
