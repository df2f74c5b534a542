-- As if the leases of processes that are gone had lapsed.
UPDATE campaign_actions SET lease_until = now() - interval '1 second' WHERE status = 2
