-- The KPIs of a range of days. Churn and progression are per 28 days; a recovery or mastery is counted on the day its time is over.
, automatic AS (
    SELECT *, undone_at <= due_at + interval '14 days' OR EXISTS (
        SELECT FROM stands o WHERE o.customer_id = ledger.customer_id AND o.way = 'override' AND o.due_at <= ledger.due_at + interval '14 days'
            AND o.number = (SELECT min(number) FROM stands n WHERE n.customer_id = ledger.customer_id AND n.number > ledger.number)) AS wrong
    FROM ledger WHERE way = 'automatic'
),
falls AS (
    SELECT f.due_at + interval '30 days' AS over, EXISTS (
        SELECT FROM moves b WHERE b.customer_id = f.customer_id AND b.number > f.number AND b.tag IN ('ST_001', 'ST_002')
            AND b.due_at <= f.due_at + interval '30 days') AS made
    FROM moves f WHERE tag = 'ST_004'
),
mastery AS (
    SELECT start + interval '60 days' AS over, EXISTS (
        SELECT FROM moves m WHERE m.customer_id = starts.customer_id AND m.tag = 'ST_003' AND m.due_at <= start + interval '60 days') AS made
    FROM starts
),
first_progress AS (
    SELECT day, greatest(0, extract(epoch FROM due_at - start) / 86400) AS days
    FROM (SELECT DISTINCT ON (customer_id) * FROM moves WHERE tag = 'ST_002' ORDER BY customer_id, number) AS first JOIN starts USING (customer_id)
),
detections AS (
    SELECT m.day, extract(epoch FROM m.at - m.due_at) / 3600 AS hours FROM moves m
    WHERE m.tag = 'ST_004' AND m.way = 'automatic' AND NOT EXISTS (
        SELECT FROM reviews r WHERE r.customer_id = m.customer_id AND r.transition_number = m.number)
    UNION ALL -- a review opens at the moment its condition holds
    SELECT (opened_at AT TIME ZONE 'UTC')::date, 0 FROM reviews WHERE to_tag = 'ST_004'
),
parts (name, part, whole) AS (
    SELECT 'active_learner_rate', sum(customers) FILTER (WHERE tag IN ('ST_001', 'ST_002')), sum(customers) FROM standing WHERE day = @to
    UNION ALL
    SELECT 'active_learner_rate_open', sum(customers) FILTER (WHERE tag IN ('ST_001', 'ST_002')),
        sum(customers) FILTER (WHERE tag NOT IN ('ST_003', 'ST_006')) FROM standing WHERE day = @to
    UNION ALL
    SELECT 'mastery_within_60_days', count(*) FILTER (WHERE made), count(*) FROM mastery WHERE (over AT TIME ZONE 'UTC')::date BETWEEN @from AND @to
    UNION ALL
    SELECT 'recovery_rate', count(*) FILTER (WHERE made), count(*) FROM falls WHERE (over AT TIME ZONE 'UTC')::date BETWEEN @from AND @to
    UNION ALL
    SELECT 'automation_share', count(*) FILTER (WHERE way = 'automatic'), count(*) FROM moves WHERE day BETWEEN @from AND @to
    UNION ALL
    SELECT 'automation_accuracy', count(*) FILTER (WHERE wrong IS NOT TRUE), count(*) FROM automatic WHERE day BETWEEN @from AND @to
    UNION ALL
    SELECT 'churn_rate', (SELECT count(*) FROM moves WHERE tag = 'ST_006' AND day BETWEEN @from AND @to),
        (SELECT sum(customers) FROM standing WHERE tag <> 'ST_006') / 28.0
    UNION ALL
    SELECT 'progression_rate', (SELECT count(*) FROM moves WHERE (previous_tag, tag) IN (('ST_001', 'ST_002'), ('ST_001', 'ST_003'),
        ('ST_002', 'ST_003')) AND day BETWEEN @from AND @to), (SELECT sum(customers) FROM standing WHERE tag IN ('ST_001', 'ST_002')) / 28.0
)
SELECT name, round(100.0 * coalesce(part, 0) / nullif(whole, 0), 1) FROM parts
UNION ALL
SELECT 'progression_velocity', round((percentile_cont(0.5) WITHIN GROUP (ORDER BY days))::numeric, 1) FROM first_progress WHERE day BETWEEN @from AND @to
UNION ALL
SELECT 'at_risk_detection', round((percentile_cont(0.5) WITHIN GROUP (ORDER BY hours))::numeric, 2) FROM detections WHERE day BETWEEN @from AND @to
