-- What the live feed asks once a second: which actions stand differently now.
CREATE INDEX campaign_actions_change ON campaign_actions (change_id);
