-- Counts the starts of a campaign on one business day, unless the 90 days of one of them are not over: what was paid within them by those who got it and
-- by those held out. A start is looked at as the reports of campaigns do. Answers whether the day is done.
WITH planned AS MATERIALIZED (
    SELECT a.customer_id, a.cause_kind, a.cause_number, bool_or(a.status = 5 AND a.reason = 'holdout') AND NOT bool_or(a.status IN (2, 3, 7)) AS held_out,
        min(a.scheduled_for) FILTER (WHERE NOT a.is_repeat
            AND (a.drawn OR a.status IN (1, 2, 3, 4, 7) OR (a.status = 5 AND a.reason <> ALL ($6::text[])))) AS began,
        min(a.scheduled_for) AS first_due,
        (SELECT array_agg((SELECT count(*) FROM unnest(array_agg(a.channel) FILTER (WHERE a.status IN (2, 3, 7))) AS used (channel)
            WHERE used.channel = number)::integer ORDER BY number) FROM generate_series(0, 6) AS number) AS sent
    FROM campaign_actions a
    WHERE a.campaign = $1 AND a.cause_due_at >= $3 AND a.cause_due_at < $4
    GROUP BY a.customer_id, a.cause_kind, a.cause_number
), done AS (
    SELECT coalesce(max(coalesce(p.began, p.first_due)) + interval '90 days' <= $5, true) AS done FROM planned p
), starts AS (
    SELECT DISTINCT ON (p.customer_id) p.customer_id, p.held_out, p.began, p.sent
    FROM planned p
    WHERE p.began IS NOT NULL AND (SELECT done FROM done)
        AND NOT EXISTS (SELECT FROM campaign_payments b WHERE b.customer_id = p.customer_id AND b.campaign = $1 AND b.day > $2::date - 90)
        AND NOT EXISTS (SELECT FROM customer_status_assignments t
            WHERE t.customer_id = p.customer_id AND p.cause_kind = 0 AND t.number = p.cause_number AND t.undone_at IS NOT NULL)
    ORDER BY p.customer_id, p.began, p.cause_kind, p.cause_number
), counted AS (
    INSERT INTO campaign_payments (customer_id, campaign, day, held_out, paid, sent)
    SELECT s.customer_id, $1, $2, s.held_out, coalesce((
        SELECT sum(c.value) FROM customer_signals c
        WHERE c.customer_id = s.customer_id AND c.kind = 15 AND c.value > 0 AND lstep_counts(c.value, c.currency)
            AND c.at > s.began AND c.at <= s.began + interval '90 days'), 0), s.sent
    FROM starts s
    ON CONFLICT DO NOTHING
), progress AS (
    INSERT INTO campaign_payment_progress (campaign, through) SELECT $1, $2 FROM done WHERE done
    ON CONFLICT (campaign) DO UPDATE SET through = excluded.through
)
SELECT done FROM done
