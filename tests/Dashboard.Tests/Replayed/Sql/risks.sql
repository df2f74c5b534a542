-- Customers with each risk indicator of section 6 as of @now, from the log and its daily rows; any of them under the name any.
, did AS (
    SELECT customer_id, type, occurred_at, score, (occurred_at AT TIME ZONE 'UTC')::date AS day, coalesce(curriculum_completion, 0) AS completion,
        curriculum_completion IS NOT NULL AS tells, message_id, type NOT BETWEEN 13 AND 26 AS is_learner
    FROM activities
),
begun AS (
    SELECT s.customer_id, greatest(enrolled_at, start, (SELECT min(occurred_at) FROM did d WHERE d.customer_id = s.customer_id)) AS at
    FROM starts s JOIN customers USING (customer_id)
),
logins AS (
    SELECT customer_id, max(occurred_at) AS at
    FROM (SELECT customer_id, type, occurred_at, lag(occurred_at) OVER (PARTITION BY customer_id, day ORDER BY occurred_at) AS before
        FROM did WHERE is_learner) AS runs
    WHERE type = 1 OR before IS NULL OR occurred_at - before > interval '30 minutes'
    GROUP BY 1
),
learned AS (
    SELECT customer_id, avg(engagement_score) AS engagement, avg(progress_score) AS progress, avg(activities) AS activities
    FROM daily_learning_metrics WHERE date BETWEEN @to::date - 7 AND @to::date - 1 GROUP BY 1
),
month AS (
    SELECT customer_id, count(*) AS days, sum(forum_posts + comments_made + questions_asked + answers_given) AS talk, sum(sessions_count) AS sessions,
        sum(total_session_minutes) AS minutes, sum(lessons_completed) AS lessons,
        sum(sessions_count) FILTER (WHERE date > @to::date - 7) AS week_sessions, sum(total_session_minutes) FILTER (WHERE date > @to::date - 7) AS week_minutes,
        coalesce(sum(engagement_score) FILTER (WHERE date > @to::date - 7), 0) AS week,
        coalesce(sum(engagement_score) FILTER (WHERE date BETWEEN @to::date - 13 AND @to::date - 7), 0) AS week_before
    FROM daily_learning_metrics WHERE date BETWEEN @to::date - 29 AND @to GROUP BY 1
),
ever AS (
    SELECT customer_id, max(date) FILTER (WHERE modules_completed > 0) AS module, sum(lessons_completed + modules_completed + assessments_taken) AS learning
    FROM daily_learning_metrics GROUP BY 1
),
raised AS (
    SELECT customer_id, 'low_engagement' AS indicator FROM learned WHERE engagement < 30
    UNION ALL SELECT customer_id, 'learning_stagnation' FROM learned WHERE progress < 20
    UNION ALL SELECT customer_id, 'activity_decline' FROM learned WHERE activities < 3
    UNION ALL SELECT customer_id, 'social_isolation' FROM month WHERE days >= 4 AND talk = 0
    UNION ALL SELECT customer_id, 'login_gap' FROM begun LEFT JOIN logins l USING (customer_id) WHERE @now - greatest(begun.at, l.at) >= interval '5 days'
    UNION ALL SELECT customer_id, 'engagement_drop' FROM month WHERE week_before > 0 AND week <= week_before * 0.5
    UNION ALL SELECT customer_id, 'assessment_failure' FROM did WHERE type = 6 AND score IS NOT NULL AND day BETWEEN @to::date - 29 AND @to
        GROUP BY 1 HAVING count(*) >= 2 AND avg(score) < 50
    UNION ALL SELECT customer_id, 'session_shortening' FROM month WHERE sessions >= 3 AND week_sessions > 0
        AND week_minutes / week_sessions < minutes / sessions / 2
    UNION ALL SELECT customer_id, 'stalled_module' FROM ever JOIN month USING (customer_id)
        WHERE module <= @to::date - 21 AND month.lessons > 0 AND coalesce((SELECT completion FROM did d WHERE d.customer_id = ever.customer_id AND tells
            ORDER BY occurred_at DESC, message_id COLLATE "C" DESC LIMIT 1), 0) < 90
    UNION ALL SELECT customer_id, 'never_started' FROM begun LEFT JOIN ever USING (customer_id)
        WHERE @now - begun.at >= interval '3 days' AND coalesce(learning, 0) = 0
    UNION ALL SELECT customer_id, 'support_burden' FROM starts s
        WHERE (SELECT count(*) FROM did d WHERE d.customer_id = s.customer_id AND type = 14 AND day > @to::date - 7) >= 3
            OR (SELECT score FROM did d WHERE d.customer_id = s.customer_id AND type = 13 ORDER BY occurred_at DESC LIMIT 1) <= 6
    UNION ALL SELECT customer_id, 'billing_risk' FROM did f WHERE type = 16 AND day > @to::date - 14
        AND NOT EXISTS (SELECT FROM did p WHERE p.customer_id = f.customer_id AND p.type = 15 AND p.occurred_at >= f.occurred_at) GROUP BY 1
)
SELECT indicator, count(*)::numeric FROM raised GROUP BY 1
UNION ALL SELECT 'any', count(DISTINCT customer_id) FROM raised
