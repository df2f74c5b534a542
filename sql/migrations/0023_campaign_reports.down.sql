DROP INDEX campaign_actions_started;
ALTER TABLE campaign_actions DROP COLUMN drawn;
