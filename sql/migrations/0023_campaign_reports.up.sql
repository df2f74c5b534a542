-- What reports of campaigns compare: whether an action came past everything that is looked at before the holdout is drawn, which its
-- last status alone does not say, and the actions of a campaign by when it started. The version before leaves the first as it is.
ALTER TABLE campaign_actions ADD COLUMN drawn boolean NOT NULL DEFAULT false;
CREATE INDEX campaign_actions_started ON campaign_actions (campaign, cause_due_at);
