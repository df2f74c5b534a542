-- What a commit must not leave undone: each kind, how many, and one customer of them. A new consequence is a new part.
SELECT 'customers with two current tags, or none', count(*), min(customer_id)
FROM (
    SELECT s.customer_id
    FROM customer_states s
    LEFT JOIN customer_status_assignments a ON a.customer_id = s.customer_id AND a.is_current
    GROUP BY s.customer_id
    HAVING count(a.customer_id) <> 1
) AS odd
UNION ALL
SELECT 'customers whose state is not at their current tag', count(*), min(s.customer_id)
FROM customer_states s
JOIN customer_status_assignments a ON a.customer_id = s.customer_id AND a.is_current
WHERE a.tag <> s.tag
UNION ALL
SELECT 'customers without a profile', count(*), min(s.customer_id)
FROM customer_states s
WHERE NOT EXISTS (SELECT FROM customers c WHERE c.customer_id = s.customer_id)
UNION ALL
SELECT 'transitions by a rule without their decision record', count(*), min(a.customer_id)
FROM customer_status_assignments a
WHERE (a.rule_id IS NOT NULL OR a.decision_number IS NOT NULL)
    AND NOT EXISTS (SELECT FROM decisions d WHERE d.customer_id = a.customer_id AND d.number = a.decision_number)
UNION ALL
SELECT 'decisions to move without their transition', count(*), min(d.customer_id)
FROM decisions d
WHERE d.record -> 'outcome' ->> 'action' IN ('moved', 'review_expired')
    AND NOT EXISTS (SELECT FROM customer_status_assignments a WHERE a.customer_id = d.customer_id AND a.decision_number = d.number)
UNION ALL
SELECT 'decisions to ask without their review', count(*), min(d.customer_id)
FROM decisions d
WHERE d.record -> 'outcome' ->> 'action' = 'review_opened'
    AND NOT EXISTS (SELECT FROM reviews r WHERE r.customer_id = d.customer_id AND r.opened_at = d.at)
UNION ALL
SELECT 'reviews without their decision record', count(*), min(r.customer_id)
FROM reviews r
WHERE NOT EXISTS (SELECT FROM decisions d WHERE d.customer_id = r.customer_id AND d.number = r.decision_number)
UNION ALL
SELECT 'reviews closed by a transition that is not there', count(*), min(r.customer_id)
FROM reviews r
WHERE r.transition_number IS NOT NULL
    AND NOT EXISTS (SELECT FROM customer_status_assignments a WHERE a.customer_id = r.customer_id AND a.number = r.transition_number)
UNION ALL
SELECT 'transitions without their actions', count(*), min(customer_id)
FROM (
    -- No campaign can follow.
    SELECT a.customer_id
    FROM customer_status_assignments a
    WHERE NOT (a.number = 1 AND a.reason <> 'first assignment')
        AND NOT EXISTS (SELECT FROM campaign_causes c WHERE c.customer_id = a.customer_id AND c.kind = 0 AND c.number = a.number)
    UNION ALL
    -- Nobody planned, or another number of actions is there than was planned.
    SELECT c.customer_id
    FROM campaign_causes c
    WHERE (c.planned_at IS NULL AND c.at < now() - interval '15 seconds') OR c.actions <> (
        SELECT count(*)
        FROM campaign_actions a
        WHERE a.customer_id = c.customer_id AND a.cause_kind = c.kind AND a.cause_number = c.number
    )
    UNION ALL
    -- A campaign that everybody has is missing, whatever the number says: imports and undone moves begin nothing.
    SELECT a.customer_id
    FROM customer_status_assignments a
    JOIN campaign_causes c ON c.customer_id = a.customer_id AND c.kind = 0 AND c.number = a.number AND c.set_version = 1
    JOIN (VALUES ('ST_001', true, 'welcome_active_learner'), ('ST_001', true, 'add_to_beginner_group'), ('ST_002', true, 'progression_milestone'),
        ('ST_002', true, 'unlock_advanced_modules'), ('ST_002', true, 'advanced_features_push'), ('ST_003', true, 'mastery_achievement'),
        ('ST_003', true, 'ppal_expert_badge'), ('ST_003', true, 'expert_opportunities'), ('ST_003', false, 'expert_advocacy_program'),
        ('ST_004', false, 'cs_alert'), ('ST_004', false, 'personal_check_in'), ('ST_005', false, 'custom_learning_path'),
        ('ST_005', false, 'course_discount'), ('ST_005', false, 'comeback_checklist'), ('ST_006', false, 'churn_notice'),
        ('ST_006', false, 'quarterly_winback')) AS everybody (tag, first_time, campaign) ON everybody.tag = a.tag
    WHERE a.kind NOT IN (2, 6)
        AND NOT (everybody.first_time AND EXISTS (SELECT FROM customer_status_assignments b
            WHERE b.customer_id = a.customer_id AND b.tag = a.tag AND b.number < a.number))
        AND NOT EXISTS (SELECT FROM campaign_actions n
            WHERE n.customer_id = a.customer_id AND n.cause_kind = 0 AND n.cause_number = a.number AND n.campaign = everybody.campaign)
) AS without
UNION ALL
SELECT 'actions without a transition', count(*), min(customer_id)
FROM (
    SELECT a.customer_id
    FROM campaign_actions a
    WHERE NOT EXISTS (SELECT FROM campaign_causes c
        WHERE c.customer_id = a.customer_id AND c.kind = a.cause_kind AND c.number = a.cause_number)
    UNION ALL
    SELECT c.customer_id
    FROM campaign_causes c
    WHERE c.kind = 0 AND NOT EXISTS (
        SELECT FROM customer_status_assignments a WHERE a.customer_id = c.customer_id AND a.number = c.number)
) AS of_nothing
ORDER BY 1
