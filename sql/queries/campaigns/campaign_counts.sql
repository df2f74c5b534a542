-- How many actions of each campaign stand in each status.
SELECT campaign, status, count(*) FROM campaign_actions GROUP BY campaign, status
