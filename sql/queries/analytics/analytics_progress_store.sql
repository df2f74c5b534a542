-- Remembers how far the figures follow the ledger.
UPDATE analytics_progress SET ledger = $1
