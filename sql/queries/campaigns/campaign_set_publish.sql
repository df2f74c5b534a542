-- Publishes a set of campaigns. A version that is there already stays as it is.
INSERT INTO campaign_sets (version, author, comment, published_at, campaigns) VALUES ($1, $2, $3, $4, $5::json)
ON CONFLICT (version) DO NOTHING
