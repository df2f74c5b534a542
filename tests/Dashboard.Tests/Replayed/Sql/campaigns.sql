-- What became of the actions of each campaign: of those caused in a range of days, and of all.
SELECT campaign, count(*) FILTER (WHERE is_in)::numeric, count(*) FILTER (WHERE is_in AND status = 3)::numeric, count(*) FILTER (WHERE is_in AND status = 4)::numeric,
    count(*) FILTER (WHERE is_in AND status = 5)::numeric, count(*) FILTER (WHERE status IN (0, 1, 2))::numeric, count(*) FILTER (WHERE status = 3)::numeric,
    count(*) FILTER (WHERE status IN (5, 6))::numeric, count(*) FILTER (WHERE status IN (4, 7))::numeric
FROM (SELECT *, (cause_due_at AT TIME ZONE 'UTC')::date BETWEEN @from AND @to AS is_in FROM campaign_actions) AS actions
GROUP BY campaign
