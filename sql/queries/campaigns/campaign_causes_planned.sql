-- Marks as planned, with how many actions followed.
UPDATE campaign_causes c
SET planned_at = $1, set_version = $2, actions = n.actions
FROM unnest($3::text[], $4::smallint[], $5::integer[], $6::integer[]) AS n (customer_id, kind, number, actions)
WHERE c.customer_id = n.customer_id AND c.kind = n.kind AND c.number = n.number
