ALTER TABLE rule_set_versions DROP COLUMN batch_id;
