-- The ledger's last id, 0 for an empty one.
SELECT coalesce(max(id), 0) FROM customer_status_assignments
