-- Customers per tag, and the ledger's last id in the same snapshot, so that the ledger read on from there keeps the counts true.
SELECT code, coalesce(customers, 0), (SELECT coalesce(max(id), 0) FROM customer_status_assignments)
FROM status_tags
LEFT JOIN (SELECT tag, count(*) AS customers FROM customer_states GROUP BY tag) counted ON tag = code
