-- Ends the current assignment of the customers that move.
UPDATE customer_status_assignments a SET is_current = false, valid_until = n.due_at
FROM unnest($1::text[], $2::timestamptz[]) AS n (customer_id, due_at)
WHERE a.customer_id = n.customer_id AND a.is_current
