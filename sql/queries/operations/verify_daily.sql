-- The daily rows of some customers, in order.
SELECT customer_id, date, sessions_count, total_session_minutes, pages_viewed, features_used, lessons_completed, assessments_taken, assessment_avg_score,
    modules_completed, forum_posts, comments_made, questions_asked, answers_given, engagement_score, progress_score, community_score,
    overall_health_score, score_trend, risk_indicators, activities, mobile_activities, video_activities
FROM daily_learning_metrics
WHERE customer_id = ANY ($1)
ORDER BY customer_id, date
