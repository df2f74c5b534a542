-- How many actions of each channel are due and at no end.
SELECT channel, count(*) FROM campaign_actions WHERE status = 2 OR (status IN (0, 1) AND due_at <= now()) GROUP BY channel
