DROP INDEX customer_figures_indicators;
DROP INDEX campaign_actions_started;
CREATE INDEX campaign_actions_started ON campaign_actions (campaign, cause_due_at);
