DROP TABLE campaign_variants, inbox_messages, campaign_tasks, campaign_actions, campaign_causes, campaign_sets;
DROP SEQUENCE campaign_action_changes;
