-- Daily rows, made or made again.
INSERT INTO daily_learning_metrics (customer_id, date, sessions_count, total_session_minutes, pages_viewed, features_used, lessons_completed,
    assessments_taken, assessment_avg_score, modules_completed, forum_posts, comments_made, questions_asked, answers_given, engagement_score,
    progress_score, community_score, overall_health_score, score_trend, risk_indicators, activities, mobile_activities, video_activities)
SELECT customer_id, date, sessions_count, total_session_minutes, pages_viewed, features_used, lessons_completed, assessments_taken,
    assessment_avg_score, modules_completed, forum_posts, comments_made, questions_asked, answers_given, engagement_score, progress_score,
    community_score, overall_health_score, score_trend, string_to_array(risk_indicators, ','), activities, mobile_activities,
    video_activities
FROM (
    SELECT unnest($1::text[]) AS customer_id, unnest($2::date[]) AS date, unnest($3::integer[]) AS sessions_count,
        unnest($4::numeric[]) AS total_session_minutes, unnest($5::integer[]) AS pages_viewed, unnest($6::integer[]) AS features_used,
        unnest($7::integer[]) AS lessons_completed, unnest($8::integer[]) AS assessments_taken,
        unnest($9::numeric[]) AS assessment_avg_score, unnest($10::integer[]) AS modules_completed, unnest($11::integer[]) AS forum_posts,
        unnest($12::integer[]) AS comments_made, unnest($13::integer[]) AS questions_asked, unnest($14::integer[]) AS answers_given,
        unnest($15::integer[]) AS engagement_score, unnest($16::integer[]) AS progress_score, unnest($17::integer[]) AS community_score,
        unnest($18::integer[]) AS overall_health_score, unnest($19::text[]) AS score_trend, unnest($20::text[]) AS risk_indicators,
        unnest($21::integer[]) AS activities, unnest($22::integer[]) AS mobile_activities, unnest($23::integer[]) AS video_activities
) AS n
ON CONFLICT (customer_id, date) DO UPDATE SET
    sessions_count = excluded.sessions_count, total_session_minutes = excluded.total_session_minutes, pages_viewed = excluded.pages_viewed,
    features_used = excluded.features_used, lessons_completed = excluded.lessons_completed, assessments_taken = excluded.assessments_taken,
    assessment_avg_score = excluded.assessment_avg_score, modules_completed = excluded.modules_completed, forum_posts = excluded.forum_posts,
    comments_made = excluded.comments_made, questions_asked = excluded.questions_asked, answers_given = excluded.answers_given,
    engagement_score = excluded.engagement_score, progress_score = excluded.progress_score, community_score = excluded.community_score,
    overall_health_score = excluded.overall_health_score, score_trend = excluded.score_trend, risk_indicators = excluded.risk_indicators,
    activities = excluded.activities, mobile_activities = excluded.mobile_activities, video_activities = excluded.video_activities
