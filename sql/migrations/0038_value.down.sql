DROP INDEX campaign_tasks_completed, reviews_decided;
DROP TABLE campaign_costs, campaign_payment_changes, campaign_payment_progress, campaign_payment_days, campaign_payments, value_days, value_models;
DROP FUNCTION lstep_campaign_payment_removed();
DROP INDEX customer_signals_paid;
-- What some customers add to the figures by week. zone is the business zone; payments of another currency than the installation's are
-- left out, where it has one. What was said counts for the tag of then, a message for the tag that it was sent for.
CREATE OR REPLACE FUNCTION lstep_weekly(ids text[], zone text)
RETURNS TABLE (customer_id text, measure text, day date, tag text, value smallint, count bigint) LANGUAGE sql STABLE AS $$
    WITH said AS (
        SELECT s.customer_id, s.kind, s.at, s.value, s.currency, (s.at AT TIME ZONE lstep_weekly.zone)::date AS day,
            coalesce(
                (SELECT l.tag FROM customer_status_assignments l WHERE l.customer_id = s.customer_id AND l.due_at <= s.at ORDER BY l.number DESC LIMIT 1),
                (SELECT l.tag FROM customer_status_assignments l WHERE l.customer_id = s.customer_id ORDER BY l.number LIMIT 1), '') AS tag
        FROM customer_signals s
        WHERE s.customer_id = ANY (ids)
    ), facts AS (
        SELECT s.customer_id, 'nps' AS measure, s.day, s.tag, CASE WHEN s.value >= 9 THEN 1 WHEN s.value < 7 THEN -1 ELSE 0 END AS value, 1 AS count
        FROM said s WHERE s.kind = 13 AND s.value IS NOT NULL
        UNION ALL
        SELECT s.customer_id, 'tickets', s.day, s.tag, 0, 1 FROM said s WHERE s.kind = 14
        UNION ALL
        SELECT s.customer_id, 'revenue_kept', s.day, '', 0, round(s.value * 100)
        FROM said s
        WHERE s.kind = 15 AND s.value > 0 AND (coalesce(s.currency, '') = ''
                OR coalesce((SELECT c.value FROM settings c WHERE c.name = 'currency'), '') IN ('', s.currency))
            AND EXISTS (
                SELECT FROM customer_status_assignments r
                WHERE r.customer_id = s.customer_id AND r.previous_tag IN ('ST_004', 'ST_005') AND r.tag IN ('ST_001', 'ST_002')
                    AND r.undone_at IS NULL AND r.kind NOT IN (2, 6) AND s.at >= r.due_at AND s.at <= r.due_at + interval '90 days')
        UNION ALL
        SELECT m.customer_id, CASE m.event WHEN 1 THEN 'opened' WHEN 2 THEN 'clicked' ELSE 'converted' END,
            (m.first_at AT TIME ZONE lstep_weekly.zone)::date, coalesce(a.tag, ''), 0, 1
        FROM message_events m
        JOIN campaign_actions a ON a.customer_id = m.customer_id AND a.id = m.action_id
        WHERE m.customer_id = ANY (ids) AND m.event IN (1, 2, 6) AND NOT m.machine AND m.times > 0
    )
    SELECT f.customer_id, f.measure, f.day, f.tag, f.value::smallint, sum(f.count)::bigint
    FROM facts f
    GROUP BY f.customer_id, f.measure, f.day, f.tag, f.value
$$;
DELETE FROM weekly_counted WHERE measure = 'paid';
DELETE FROM weekly_days WHERE measure = 'paid';
DELETE FROM weekly_removed WHERE measure = 'paid';
DROP FUNCTION lstep_counts(numeric, text);
