-- Of each of some ranges of days, in their order, how many values were counted and the lower and upper one of the two in the middle.
WITH ranges AS (
    SELECT number, first, last FROM unnest($2::date[], $3::date[]) WITH ORDINALITY AS given (first, last, number)
), ranked AS (
    SELECT r.number, d.value, sum(d.count::double precision) OVER (PARTITION BY r.number ORDER BY d.value) AS up_to,
        sum(d.count::double precision) OVER (PARTITION BY r.number) AS total
    FROM ranges r
    JOIN analytics_days d ON d.measure = ANY ($1) AND d.day BETWEEN r.first AND r.last
)
SELECT number::integer, max(total)::bigint, min(value) FILTER (WHERE 2 * up_to >= total), min(value) FILTER (WHERE 2 * up_to > total)
FROM ranked
GROUP BY number
ORDER BY number
