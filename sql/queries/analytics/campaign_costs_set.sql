-- Sets all costs; what is not among them costs nothing.
WITH gone AS (DELETE FROM campaign_costs WHERE (kind, name) NOT IN (SELECT * FROM unnest($1::text[], $2::text[])))
INSERT INTO campaign_costs (kind, name, amount, changed_at, changed_by)
SELECT n.*, now(), $4 FROM unnest($1::text[], $2::text[], $3::numeric[]) AS n
ON CONFLICT (kind, name) DO UPDATE SET amount = excluded.amount, changed_at = excluded.changed_at, changed_by = excluded.changed_by
