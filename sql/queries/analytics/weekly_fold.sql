-- Computes what some customers add to the figures by week, takes off what was of persons who were erased, and adds the difference to the days; answers
-- how much of the latter it took.
WITH fresh AS MATERIALIZED (
    SELECT * FROM lstep_weekly($1, $2)
),
changed AS MATERIALIZED (
    SELECT customer_id, measure, day, tag, value, coalesce(f.count, 0) AS count, coalesce(f.count, 0) - coalesce(s.count, 0) AS more
    FROM fresh f
    FULL JOIN (SELECT * FROM weekly_counted WHERE customer_id = ANY ($1)) AS s USING (customer_id, measure, day, tag, value)
    WHERE coalesce(f.count, 0) <> coalesce(s.count, 0)
),
stored AS (
    INSERT INTO weekly_counted (customer_id, measure, day, tag, value, count)
    SELECT customer_id, measure, day, tag, value, count FROM changed
    ON CONFLICT (customer_id, measure, day, tag, value) DO UPDATE SET count = excluded.count
),
removed AS (
    DELETE FROM weekly_removed r
    USING (SELECT id FROM weekly_removed ORDER BY id LIMIT $3) AS first
    WHERE r.id = first.id
    RETURNING r.measure, r.day, r.tag, r.value, -r.count AS more
),
added AS (
    INSERT INTO weekly_days AS d (measure, day, tag, value, count)
    SELECT measure, day, tag, value, sum(more)
    FROM (SELECT measure, day, tag, value, more FROM changed UNION ALL SELECT measure, day, tag, value, more FROM removed) AS m
    GROUP BY measure, day, tag, value
    ON CONFLICT (measure, day, tag, value) DO UPDATE SET count = d.count + excluded.count
)
SELECT count(*) FROM removed
