-- Of each of some ranges of days, in their order, how many values were counted and the lower and upper one of the two in the middle.
WITH ranges AS (
    SELECT number, first, last FROM unnest($2::date[], $3::date[]) WITH ORDINALITY AS given (first, last, number)
), counted AS (
    SELECT r.number, d.value, sum(d.count) AS count
    FROM ranges r
    JOIN analytics_days d ON d.measure = ANY ($1) AND d.day BETWEEN r.first AND r.last
    GROUP BY r.number, d.value
), ranked AS (
    SELECT number, value, sum(count) OVER (PARTITION BY number ORDER BY value) AS up_to, sum(count) OVER (PARTITION BY number) AS total
    FROM counted
    WHERE count > 0
)
SELECT number::integer, total::bigint, min(value) FILTER (WHERE 2 * up_to >= total), min(value) FILTER (WHERE 2 * up_to > total)
FROM ranked
GROUP BY number, total
ORDER BY number
