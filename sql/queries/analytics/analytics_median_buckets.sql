-- Of each of some ranges of days, in their order, how many values were counted, the buckets of the lower and upper one of the two in the middle, and how many
-- values lie below each.
WITH ranges AS (
    SELECT number, first, last FROM unnest($2::date[], $3::date[]) WITH ORDINALITY AS given (first, last, number)
), summed AS (
    SELECT r.number, d.value, sum(d.count::double precision) AS count
    FROM ranges r
    JOIN analytics_days d ON d.measure = ANY ($1) AND d.day BETWEEN r.first AND r.last
    GROUP BY r.number, d.value
), ranked AS (
    SELECT number, value, sum(count) OVER (PARTITION BY number ORDER BY value) AS up_to, sum(count) OVER (PARTITION BY number) AS total
    FROM summed
)
SELECT number::integer, max(total)::bigint, min(value) FILTER (WHERE 2 * up_to >= total), min(value) FILTER (WHERE 2 * up_to > total),
    coalesce(max(up_to) FILTER (WHERE 2 * up_to < total), 0)::bigint, coalesce(max(up_to) FILTER (WHERE 2 * up_to <= total), 0)::bigint
FROM ranked
GROUP BY number
ORDER BY number
