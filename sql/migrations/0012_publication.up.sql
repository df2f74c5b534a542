-- A published rule set names the batch that re-evaluates everybody by it.
ALTER TABLE rule_set_versions ADD COLUMN batch_id text;
