ALTER TABLE campaign_sets ALTER COLUMN campaigns TYPE jsonb USING campaigns::jsonb;
