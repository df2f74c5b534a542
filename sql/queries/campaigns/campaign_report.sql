-- What became of those for whom a campaign started in a time, by variant, and apart those who were held out: all of its actions by status,
-- and the customers by their first start that came to the holdout's draw. That one begins when its first message is due, held out or not.
WITH planned AS MATERIALIZED (
    SELECT customer_id, cause_kind, cause_number, min(cause_due_at) AS cause_due_at, max(variant) AS variant,
        bool_or(status = 5 AND reason = 'holdout') AND NOT bool_or(status IN (2, 3, 7)) AS held_out,
        min(scheduled_for) FILTER (WHERE NOT is_repeat AND (drawn OR status IN (1, 2, 3, 4, 7) OR (status = 5 AND reason <> ALL ($4::text[])))) AS began,
        count(*) FILTER (WHERE status = 0) AS scheduled, count(*) FILTER (WHERE status = 1) AS held, count(*) FILTER (WHERE status = 2) AS sending,
        count(*) FILTER (WHERE status = 3) AS sent, count(*) FILTER (WHERE status = 4) AS failed, count(*) FILTER (WHERE status = 5) AS suppressed,
        count(*) FILTER (WHERE status = 6) AS cancelled, count(*) FILTER (WHERE status = 7) AS uncertain
    FROM campaign_actions
    WHERE campaign = $1 AND cause_due_at >= $2 AND cause_due_at < $3
    GROUP BY customer_id, cause_kind, cause_number
), told AS (
    SELECT a.customer_id, a.cause_kind, a.cause_number,
        bit_or(1 << m.event) FILTER (WHERE NOT m.machine) AS people, bit_or(1 << m.event) FILTER (WHERE m.machine) AS machines
    FROM campaign_actions a
    JOIN message_events m ON m.customer_id = a.customer_id AND m.action_id = a.id
    WHERE a.campaign = $1 AND a.cause_due_at >= $2 AND a.cause_due_at < $3 AND a.status IN (2, 3, 7) AND m.times > 0
    GROUP BY a.customer_id, a.cause_kind, a.cause_number
), moved AS (
    SELECT p.customer_id, p.cause_kind, p.cause_number, bool_or(t.number = p.cause_number AND t.undone_at IS NOT NULL AND p.cause_kind = 0) AS undone,
        bool_or(t.tag = ANY ($5::text[]) AND t.undone_at IS NULL AND t.kind NOT IN (2, 6)
            AND t.due_at > p.began AND t.due_at <= p.began + make_interval(days => $8::integer)) AS recovered
    FROM planned p
    JOIN customer_status_assignments t ON t.customer_id = p.customer_id AND t.due_at >= $2 AND (t.undone_at IS NOT NULL OR t.tag = ANY ($5::text[]))
    WHERE p.began IS NOT NULL
    GROUP BY p.customer_id, p.cause_kind, p.cause_number
), judged AS (
    SELECT p.*, t.people, t.machines, m.recovered, p.began IS NOT NULL AND m.undone IS NOT TRUE AND row_number() OVER (
            PARTITION BY p.customer_id ORDER BY p.began IS NULL OR m.undone IS TRUE, p.cause_due_at) = 1 AS counts
    FROM planned p
    LEFT JOIN told t USING (customer_id, cause_kind, cause_number)
    LEFT JOIN moved m USING (customer_id, cause_kind, cause_number)
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
