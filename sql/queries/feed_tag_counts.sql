-- Customers per tag, and the ledger's last id in the same snapshot, so that the ledger read on from there keeps the counts true.
SELECT code, (SELECT count(*) FROM customer_states WHERE tag = code), (SELECT coalesce(max(id), 0) FROM customer_status_assignments)
FROM status_tags
