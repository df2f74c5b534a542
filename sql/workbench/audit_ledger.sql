-- The ids of the ledger, in order.
SELECT id FROM customer_status_assignments ORDER BY id
