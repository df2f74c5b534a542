-- How far the figures follow the ledger, for the one who keeps them now; nothing while another process does, or somebody is erased.
SELECT ledger FROM analytics_progress FOR UPDATE SKIP LOCKED
