-- What became of those for whom a campaign started in a time, by variant, and apart those who were held out: all of its actions by status,
-- and the customers by their first start that came to the holdout's draw. That one begins when its first message is due, held out or not.
-- The other tables are asked by customer, by their keys: a plan that joins them whole is no faster and depends on what is known of their sizes.
WITH planned AS (
    SELECT a.customer_id, a.cause_kind, a.cause_number, min(a.cause_due_at) AS cause_due_at, max(a.variant) AS variant,
        bool_or(a.status = 5 AND a.reason = 'holdout') AND NOT bool_or(a.status IN (2, 3, 7)) AS held_out,
        min(a.scheduled_for) FILTER (WHERE NOT a.is_repeat
            AND (a.drawn OR a.status IN (1, 2, 3, 4, 7) OR (a.status = 5 AND a.reason <> ALL ($4::text[])))) AS began,
        count(*) FILTER (WHERE a.status = 0) AS scheduled, count(*) FILTER (WHERE a.status = 1) AS held, count(*) FILTER (WHERE a.status = 2) AS sending,
        count(*) FILTER (WHERE a.status = 3) AS sent, count(*) FILTER (WHERE a.status = 4) AS failed, count(*) FILTER (WHERE a.status = 5) AS suppressed,
        count(*) FILTER (WHERE a.status = 6) AS cancelled, count(*) FILTER (WHERE a.status = 7) AS uncertain,
        bit_or(e.people) AS people, bit_or(e.machines) AS machines
    FROM campaign_actions a
    LEFT JOIN LATERAL (
        SELECT bit_or(1 << m.event) FILTER (WHERE NOT m.machine) AS people, bit_or(1 << m.event) FILTER (WHERE m.machine) AS machines
        FROM message_events m
        WHERE m.customer_id = a.customer_id AND m.action_id = a.id AND m.times > 0) e ON a.status IN (2, 3, 7)
    WHERE a.campaign = $1 AND a.cause_due_at >= $2 AND a.cause_due_at < $3
    GROUP BY a.customer_id, a.cause_kind, a.cause_number
), judged AS (
    SELECT p.*, m.recovered, p.began IS NOT NULL AND m.undone IS NOT TRUE AND row_number() OVER (
            PARTITION BY p.customer_id ORDER BY p.began IS NULL OR m.undone IS TRUE, p.cause_due_at) = 1 AS counts
    FROM planned p
    LEFT JOIN LATERAL (
        SELECT bool_or(t.number = p.cause_number AND t.undone_at IS NOT NULL AND p.cause_kind = 0) AS undone,
            bool_or(t.tag = ANY ($5::text[]) AND t.undone_at IS NULL AND t.kind NOT IN (2, 6)
                AND t.due_at > p.began AND t.due_at <= p.began + make_interval(days => $8::integer)) AS recovered
        FROM customer_status_assignments t
        WHERE t.customer_id = p.customer_id AND t.number >= CASE WHEN p.cause_kind = 0 THEN p.cause_number ELSE 0 END) m ON p.began IS NOT NULL
), seen AS MATERIALIZED (
    SELECT j.*, j.counts AND j.began <= $9::timestamptz - make_interval(days => $8::integer) AS recovery_known,
        j.counts AND (j.began AT TIME ZONE $6::text)::date + $7::integer < ($9::timestamptz AT TIME ZONE $6::text)::date AS conversion_known,
        j.counts AND EXISTS (SELECT FROM daily_learning_metrics d
            WHERE d.customer_id = j.customer_id AND d.date > (j.began AT TIME ZONE $6::text)::date AND d.date <= (j.began AT TIME ZONE $6::text)::date + $7::integer
                AND (d.lessons_completed > 0 OR d.modules_completed > 0 OR d.assessments_taken > 0)) AS converted
    FROM judged j
)
SELECT variant, held_out, sum(scheduled)::bigint, sum(held)::bigint, sum(sending)::bigint, sum(sent)::bigint, sum(failed)::bigint, sum(suppressed)::bigint,
    sum(cancelled)::bigint, sum(uncertain)::bigint, count(*) FILTER (WHERE counts), count(*) FILTER (WHERE counts AND (sent > 0 OR people > 0 OR machines > 0)),
    count(*) FILTER (WHERE counts AND people & 1 > 0), count(*) FILTER (WHERE counts AND people & 2 > 0), count(*) FILTER (WHERE counts AND people & 4 > 0),
    count(*) FILTER (WHERE counts AND people & 8 > 0), count(*) FILTER (WHERE counts AND people & 16 > 0), count(*) FILTER (WHERE counts AND people & 32 > 0),
    count(*) FILTER (WHERE counts AND people & 64 > 0), count(*) FILTER (WHERE counts AND machines & 2 > 0), count(*) FILTER (WHERE counts AND machines & 4 > 0),
    count(*) FILTER (WHERE converted), count(*) FILTER (WHERE counts AND recovered), count(*) FILTER (WHERE conversion_known),
    count(*) FILTER (WHERE conversion_known AND converted), count(*) FILTER (WHERE recovery_known), count(*) FILTER (WHERE recovery_known AND recovered)
FROM seen
GROUP BY variant, held_out
ORDER BY held_out, variant
