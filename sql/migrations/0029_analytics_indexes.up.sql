-- What became of a campaign's actions in a time, and who bears which indicators, are counted without a look at the rows themselves.
DROP INDEX campaign_actions_started;
CREATE INDEX campaign_actions_started ON campaign_actions (campaign, cause_due_at) INCLUDE (status);
CREATE INDEX customer_figures_indicators ON customer_figures (indicators);
