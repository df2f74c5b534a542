-- What the day alone has changed of figures; those that are the same are not written.
UPDATE customer_figures f
SET indicators = n.indicators, risks = n.risks, behaviors = n.behaviors
FROM (
    SELECT customer_id, indicators, risks::smallint AS risks, behaviors
    FROM unnest($1::text[], $2::integer[], $3::integer[], $4::integer[]) AS made (customer_id, indicators, risks, behaviors)
) AS n
WHERE f.customer_id = n.customer_id AND (f.indicators, f.risks, f.behaviors) IS DISTINCT FROM (n.indicators, n.risks, n.behaviors)
