-- What campaigns lack or have too much of, each kind with its number: since the first that they could follow from, up to an instant.
WITH since AS (SELECT min(at) AS first FROM campaign_causes)
SELECT 'transitions have nothing that campaigns could follow from', count(*)
FROM customer_status_assignments a
JOIN customer_states s USING (customer_id), since
WHERE a.at >= since.first AND a.at <= $1 AND NOT (a.kind = 0 AND a.reason <> 'first assignment')
    AND NOT EXISTS (SELECT FROM campaign_causes c WHERE c.customer_id = a.customer_id AND c.kind = 0 AND c.number = a.number)
UNION ALL
SELECT 'causes of campaigns have no transition', count(*)
FROM campaign_causes c
WHERE c.kind = 0 AND NOT EXISTS (SELECT FROM customer_status_assignments a WHERE a.customer_id = c.customer_id AND a.number = c.number)
UNION ALL
SELECT 'causes of campaigns were not planned', count(*) FROM campaign_causes WHERE planned_at IS NULL AND at <= $1
UNION ALL
SELECT 'causes of campaigns have another number of actions than was planned', count(*)
FROM campaign_causes c
WHERE c.planned_at IS NOT NULL AND c.actions <> (SELECT count(*) FROM campaign_actions a
    WHERE a.customer_id = c.customer_id AND a.cause_kind = c.kind AND a.cause_number = c.number)
UNION ALL
SELECT 'actions follow from nothing', count(*)
FROM campaign_actions a
WHERE NOT EXISTS (SELECT FROM campaign_causes c WHERE c.customer_id = a.customer_id AND c.kind = a.cause_kind AND c.number = a.cause_number)
UNION ALL
SELECT 'actions that come to no end by themselves', count(*) FROM campaign_actions WHERE (status IN (0, 1)) <> (due_at IS NOT NULL)
