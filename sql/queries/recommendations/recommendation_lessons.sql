-- Of each lesson or module ($4 is the type) completed since $1: how many learners, and for how many of them it was the last one before 14 silent
-- days. Counted are completions up to $2, whose days are over by $3; who was in mastery by then has reached the end and is left out. The row
-- without a name is of all together.
WITH seen AS (
    SELECT customer_id, version, sequence, occurred_at, CASE WHEN type = $4 THEN nullif(subject, '') END AS lesson,
        lead(occurred_at) OVER (PARTITION BY customer_id ORDER BY occurred_at, version, sequence) AS next_at
    FROM activities
    WHERE type BETWEEN 0 AND 12 AND received_at >= $1 AND occurred_at >= $1
), runs AS (
    SELECT customer_id, lesson, occurred_at, coalesce(next_at, $3) - occurred_at >= interval '14 days' AS silent,
        count(lesson) OVER (PARTITION BY customer_id ORDER BY occurred_at, version, sequence ROWS UNBOUNDED PRECEDING) AS run
    FROM seen
), completed AS (
    SELECT customer_id, max(lesson) AS lesson, bool_or(silent) AS silent, min(occurred_at) AS at, max(occurred_at) AS until
    FROM runs
    WHERE run > 0
    GROUP BY customer_id, run
), counted AS (
    SELECT lesson, count(DISTINCT customer_id) AS learners, count(DISTINCT customer_id) FILTER (WHERE silent AND NOT EXISTS (
            SELECT FROM customer_status_assignments s
            WHERE s.customer_id = c.customer_id AND s.tag = 'ST_003' AND s.undone_at IS NULL AND s.due_at <= c.until
                AND coalesce(s.valid_until, 'infinity') > c.until)) AS silent
    FROM completed c
    WHERE at <= $2
    GROUP BY lesson
)
SELECT NULL AS lesson, coalesce(sum(learners), 0)::bigint AS learners, coalesce(sum(silent), 0)::bigint FROM counted
UNION ALL
(SELECT lesson, learners, silent FROM counted ORDER BY learners DESC, lesson LIMIT $5)
