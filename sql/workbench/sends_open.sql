-- How many actions are due up to an instant and not at an end, or being sent, and how many causes wait to be planned.
SELECT (SELECT count(*) FROM campaign_actions WHERE status = 2 OR (status IN (0, 1) AND due_at <= $1))
    + (SELECT count(*) FROM campaign_causes WHERE planned_at IS NULL)
