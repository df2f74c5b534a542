DROP INDEX campaign_actions_change;
