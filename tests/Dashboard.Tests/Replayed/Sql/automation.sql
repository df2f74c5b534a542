-- What went by itself in a range of days, what people decided, and what became of reviews.
, automatic AS (
    SELECT *, undone_at <= due_at + interval '14 days' OR EXISTS (
        SELECT FROM stands o WHERE o.customer_id = ledger.customer_id AND o.way = 'override' AND o.due_at <= ledger.due_at + interval '14 days'
            AND o.number = (SELECT min(number) FROM stands n WHERE n.customer_id = ledger.customer_id AND n.number > ledger.number)) AS wrong
    FROM ledger WHERE way = 'automatic' AND day BETWEEN @from AND @to
),
ended AS (
    SELECT CASE WHEN r.status IN ('approved', 'rejected', 'withdrawn') THEN r.status WHEN l.way = 'expired' THEN 'expired' ELSE 'superseded' END AS how,
        extract(epoch FROM r.decided_at - r.opened_at) / 3600 AS hours
    FROM reviews r LEFT JOIN ledger l ON l.customer_id = r.customer_id AND l.number = r.transition_number
    WHERE r.status <> 'open' AND (r.decided_at AT TIME ZONE 'UTC')::date BETWEEN @from AND @to
),
waiting AS (SELECT extract(epoch FROM @now - opened_at) / 3600 AS hours FROM reviews WHERE status = 'open'),
made AS (
    SELECT count(*) AS moves, count(*) FILTER (WHERE way = 'automatic') AS automatic FROM moves WHERE day BETWEEN @from AND @to
),
taken_back AS (SELECT count(*) AS undone FROM ledger WHERE way = 'undo' AND day BETWEEN @from AND @to)
SELECT 'transitions', moves::numeric FROM made
UNION ALL SELECT 'automatic', automatic FROM made
UNION ALL SELECT 'share', round(100.0 * automatic / nullif(moves, 0), 1) FROM made
UNION ALL SELECT 'undone', undone FROM taken_back
UNION ALL SELECT 'undo rate', round(100.0 * undone / nullif(moves + undone, 0), 1) FROM made, taken_back
UNION ALL SELECT 'wrong', count(*) FILTER (WHERE wrong) FROM automatic
UNION ALL SELECT 'accuracy', round(100.0 * count(*) FILTER (WHERE wrong IS NOT TRUE) / nullif(count(*), 0), 1) FROM automatic
UNION ALL SELECT 'rejection rate', round(100.0 * count(*) FILTER (WHERE how = 'rejected') / nullif(count(*), 0), 1) FROM ended
    WHERE how IN ('approved', 'rejected')
UNION ALL SELECT 'opened', count(*) FROM reviews WHERE (opened_at AT TIME ZONE 'UTC')::date BETWEEN @from AND @to
UNION ALL SELECT w.how, count(ended.how) FROM (VALUES ('approved'), ('rejected'), ('expired'), ('superseded'), ('withdrawn')) AS w (how)
    LEFT JOIN ended USING (how) GROUP BY 1
UNION ALL SELECT 'median hours', round((percentile_cont(0.5) WITHIN GROUP (ORDER BY hours))::numeric, 2) FROM ended WHERE how IN ('approved', 'rejected')
UNION ALL SELECT 'open', count(*) FROM waiting
UNION ALL SELECT 'oldest hours', round(max(hours), 2) FROM waiting
UNION ALL SELECT a.name, count(hours) FROM (VALUES ('up to 4 h', 0, 4), ('4 to 24 h', 4, 24), ('24 to 72 h', 24, 72), ('72 to 336 h', 72, 336),
    ('over 336 h', 336, 1e9)) AS a (name, least, most) LEFT JOIN waiting ON hours >= least AND hours < most GROUP BY 1
