-- Tags with something that no campaign was planned for yet.
SELECT DISTINCT tag FROM campaign_causes WHERE planned_at IS NULL
