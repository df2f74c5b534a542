-- What became of the actions of each campaign that started for somebody in a time.
WITH RECURSIVE named AS (
    (SELECT campaign FROM campaign_actions ORDER BY campaign LIMIT 1)
    UNION ALL
    SELECT (SELECT a.campaign FROM campaign_actions a WHERE a.campaign > n.campaign ORDER BY a.campaign LIMIT 1)
    FROM named n
    WHERE n.campaign IS NOT NULL
)
SELECT n.campaign, counted.*
FROM named n
CROSS JOIN LATERAL (
    SELECT count(*) AS actions, count(*) FILTER (WHERE status = 3), count(*) FILTER (WHERE status = 4), count(*) FILTER (WHERE status = 5)
    FROM campaign_actions a
    WHERE a.campaign = n.campaign AND a.cause_due_at >= $1 AND a.cause_due_at < $2) counted
WHERE n.campaign IS NOT NULL AND counted.actions > 0
ORDER BY n.campaign
