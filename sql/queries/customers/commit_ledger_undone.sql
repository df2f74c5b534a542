-- Rows of the ledger that are taken back.
UPDATE customer_status_assignments a SET undone_at = n.at
FROM unnest($1::text[], $2::integer[], $3::timestamptz[]) AS n (customer_id, number, at)
WHERE a.customer_id = n.customer_id AND a.number = n.number
