-- How often a review that nobody decides has called for attention. The version before writes none, and raises none.
ALTER TABLE reviews ADD COLUMN alerts smallint NOT NULL DEFAULT 0;
