-- Daily rows, made or made again.
INSERT INTO daily_learning_metrics (customer_id, date, sessions_count, total_session_minutes, pages_viewed, features_used, lessons_completed,
    assessments_taken, assessment_avg_score, modules_completed, forum_posts, comments_made, questions_asked, answers_given, engagement_score,
    progress_score, community_score, overall_health_score, score_trend, risk_indicators, activities, mobile_activities, video_activities)
SELECT customer_id, date, sessions_count, total_session_minutes, pages_viewed, features_used, lessons_completed,
    assessments_taken, assessment_avg_score, modules_completed, forum_posts, comments_made, questions_asked, answers_given, engagement_score,
    progress_score, community_score, overall_health_score, score_trend, string_to_array(risk_indicators, ','), activities, mobile_activities, video_activities
FROM unnest($1::text[], $2::date[], $3::integer[], $4::numeric[], $5::integer[], $6::integer[], $7::integer[], $8::integer[], $9::numeric[], $10::integer[],
    $11::integer[], $12::integer[], $13::integer[], $14::integer[], $15::integer[], $16::integer[], $17::integer[], $18::integer[], $19::text[], $20::text[],
    $21::integer[], $22::integer[], $23::integer[]) AS n (customer_id, date, sessions_count, total_session_minutes, pages_viewed, features_used,
        lessons_completed, assessments_taken, assessment_avg_score, modules_completed, forum_posts, comments_made, questions_asked, answers_given,
        engagement_score, progress_score, community_score, overall_health_score, score_trend, risk_indicators, activities, mobile_activities, video_activities)
ON CONFLICT (customer_id, date) DO UPDATE SET
    sessions_count = excluded.sessions_count, total_session_minutes = excluded.total_session_minutes, pages_viewed = excluded.pages_viewed,
    features_used = excluded.features_used, lessons_completed = excluded.lessons_completed, assessments_taken = excluded.assessments_taken,
    assessment_avg_score = excluded.assessment_avg_score, modules_completed = excluded.modules_completed, forum_posts = excluded.forum_posts,
    comments_made = excluded.comments_made, questions_asked = excluded.questions_asked, answers_given = excluded.answers_given,
    engagement_score = excluded.engagement_score, progress_score = excluded.progress_score, community_score = excluded.community_score,
    overall_health_score = excluded.overall_health_score, score_trend = excluded.score_trend, risk_indicators = excluded.risk_indicators,
    activities = excluded.activities, mobile_activities = excluded.mobile_activities, video_activities = excluded.video_activities
