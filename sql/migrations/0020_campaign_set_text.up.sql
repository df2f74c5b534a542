-- A set of campaigns is kept as it was printed: members of a payload stay in the order in which they were written. No version before reads
-- or writes the table.
-- contract: no longer: campaign_sets.campaigns is jsonb
ALTER TABLE campaign_sets ALTER COLUMN campaigns TYPE json USING campaigns::json;
