-- The daily rows of the copies were put there with them, so that they follow the log from here on; campaigns follow from nothing of what is past, and what was
-- copied from is not needed any more.
UPDATE daily_metrics_progress SET through = pg_snapshot_xmax(pg_current_snapshot());
DROP TABLE sown_customers, sown_log, sown_ledger, sown_decisions, sown_reviews, sown_daily, sown_starts;
DELETE FROM campaign_causes
