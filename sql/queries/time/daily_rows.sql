-- A customer's daily rows of a range of days, both ends included; a day without activity has none.
SELECT date, sessions_count, total_session_minutes, pages_viewed, features_used, lessons_completed, assessments_taken, assessment_avg_score, modules_completed,
    forum_posts, comments_made, questions_asked, answers_given, engagement_score, progress_score, community_score, overall_health_score, score_trend,
    risk_indicators
FROM daily_learning_metrics
WHERE customer_id = $1 AND date BETWEEN $2 AND $3
ORDER BY date
