-- Customers $1 to $2 as copies of learner number modulo $3: profile, log, ledger, the newest $4 decisions, reviews and daily rows under ids of their own. Their
-- log counts as cut, since most of it is not there; a decision's record goes on naming the learner, so that it need not be compressed again.
WITH copies AS MATERIALIZED (
    SELECT n, n % $3 AS learner, 'pop-' || lpad(n::text, 8, '0') AS customer_id FROM generate_series($1::integer, $2::integer) AS n
), profiles AS (
    INSERT INTO customers (customer_id, email, name, tier, ltv_value, enrolled_at, enrolled_at_trait, starts_at_trait, timezone, locale, consent_email,
        consent_push, consent_in_app, traits, trait_stamps, created_at)
    SELECT c.customer_id, bench_email(n), bench_name(n), tier, ltv_value, enrolled_at, enrolled_at_trait, starts_at_trait, timezone, locale, consent_email,
        consent_push, consent_in_app, (traits::jsonb || jsonb_build_object('owner', 'owner-' || n % 40))::json, trait_stamps, created_at
    FROM copies c
    CROSS JOIN LATERAL (SELECT * FROM sown_customers s WHERE s.learner = c.learner OFFSET 0) AS s
), log AS (
    INSERT INTO activities (customer_id, message_id, received_at, occurred_at, recorded_at, sequence, version, type, event, origin, batch_no, properties,
        subject, score, final, curriculum_completion, count, mobile, anonymous_id)
    SELECT c.customer_id, message_id || '-' || n, received_at, occurred_at, recorded_at, sequence, version, type, event, origin, batch_no, properties,
        subject, score, final, curriculum_completion, count, mobile, anonymous_id
    FROM copies c
    CROSS JOIN LATERAL (SELECT * FROM sown_log s WHERE s.learner = c.learner ORDER BY version, sequence) AS s
), ledger AS (
    INSERT INTO customer_status_assignments (customer_id, number, tag, previous_tag, at, due_at, rule_id, rule, rule_set_version, confidence, assigned_by,
        kind, reason, decision_number, automation_metadata, is_current, valid_until)
    SELECT c.customer_id, number, tag, previous_tag, at, due_at, rule_id, rule, rule_set_version, confidence, assigned_by,
        kind, reason, decision_number, automation_metadata, is_current, valid_until
    FROM copies c
    CROSS JOIN LATERAL (SELECT * FROM sown_ledger s WHERE s.learner = c.learner ORDER BY number) AS s
), records AS (
    INSERT INTO decisions (customer_id, number, at, record)
    SELECT c.customer_id, number, at, record
    FROM copies c
    CROSS JOIN LATERAL (SELECT * FROM sown_decisions s WHERE s.learner = c.learner ORDER BY number DESC LIMIT $4) AS s
), cases AS (
    INSERT INTO reviews (customer_id, id, from_tag, to_tag, rule_id, rule, confidence, reasons, status, opened_at, decided_at, decided_by, close_reason,
        transition_number, decision_number, opened_reasons, alerts)
    SELECT c.customer_id, encode(substring(sha256(convert_to(c.customer_id || E'\n' || review_number, 'UTF8')) FOR 16), 'hex')::uuid, from_tag, to_tag,
        rule_id, rule, confidence, reasons, status, opened_at, decided_at, decided_by, close_reason,
        transition_number, decision_number, opened_reasons, alerts
    FROM copies c
    CROSS JOIN LATERAL (SELECT * FROM sown_reviews s WHERE s.learner = c.learner ORDER BY change_id) AS s
), daily AS (
    INSERT INTO daily_learning_metrics (customer_id, date, sessions_count, total_session_minutes, pages_viewed, features_used, lessons_completed,
        assessments_taken, assessment_avg_score, modules_completed, forum_posts, comments_made, questions_asked, answers_given, engagement_score,
        progress_score, community_score, overall_health_score, score_trend, risk_indicators, activities, mobile_activities, video_activities)
    SELECT c.customer_id, date, sessions_count, total_session_minutes, pages_viewed, features_used, lessons_completed,
        assessments_taken, assessment_avg_score, modules_completed, forum_posts, comments_made, questions_asked, answers_given, engagement_score,
        progress_score, community_score, overall_health_score, score_trend, risk_indicators, activities, mobile_activities, video_activities
    FROM copies c
    CROSS JOIN LATERAL (SELECT * FROM sown_daily s WHERE s.learner = c.learner ORDER BY date) AS s
), starts AS (
    INSERT INTO daily_metrics_starts (customer_id, start)
    SELECT c.customer_id, start
    FROM copies c
    CROSS JOIN LATERAL (SELECT * FROM sown_starts s WHERE s.learner = c.learner OFFSET 0) AS s
)
INSERT INTO cut_logs (customer_id, month, hashes) SELECT customer_id, date_trunc('month', now())::date, '{}' FROM copies
