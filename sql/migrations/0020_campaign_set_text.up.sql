-- A set of campaigns is kept as it was printed: members of a payload stay in the order in which they were written. Nothing was stored before.
ALTER TABLE campaign_sets ALTER COLUMN campaigns TYPE json USING campaigns::json;
