-- Each campaign that ever started for somebody, with the first start of which the payments are not counted yet.
WITH RECURSIVE names AS (
    (SELECT campaign FROM campaign_actions ORDER BY campaign LIMIT 1)
    UNION ALL
    SELECT (SELECT a.campaign FROM campaign_actions a WHERE a.campaign > n.campaign ORDER BY a.campaign LIMIT 1) FROM names n WHERE n.campaign IS NOT NULL
)
SELECT n.campaign, a.cause_due_at
FROM names n
LEFT JOIN campaign_payment_progress p USING (campaign)
CROSS JOIN LATERAL (
    SELECT a.cause_due_at FROM campaign_actions a
    WHERE a.campaign = n.campaign AND a.cause_due_at >= coalesce((p.through + 1)::timestamp AT TIME ZONE $1, '-infinity')
    ORDER BY a.cause_due_at LIMIT 1) AS a
WHERE n.campaign IS NOT NULL AND a.cause_due_at < $2
