-- Waits for whoever keeps the figures, and keeps them from it until the commit: they could be of an older sight. Before the gate of the daily rows, in the
-- order in which they are taken everywhere.
SELECT ledger FROM analytics_progress FOR UPDATE
