-- Figures of customers, made or made again; those that are the same are not written, and what is kept apart does not count.
INSERT INTO customer_figures (customer_id, tag, tier, owner, name, indicators, risks, behaviors, overall, engagement, progress, community, ltv, tag_since,
    last_activity_at, enrolled_at, due_at)
SELECT n.*
FROM (
    SELECT customer_id, tag, tier, owner COLLATE "C" AS owner, coalesce(left(lstep_fold(left(name, 100)), 100), '') COLLATE "C" AS name, indicators, risks::smallint, behaviors, overall, engagement,
        progress, community, ltv, tag_since, last_activity_at, enrolled_at, due_at
    FROM (
        SELECT unnest($1::text[]) AS customer_id, unnest($2::text[]) AS tag, unnest($3::text[]) AS tier, unnest($4::text[]) AS owner,
            unnest($5::text[]) AS name, unnest($6::integer[]) AS indicators, unnest($7::integer[]) AS risks,
            unnest($8::integer[]) AS behaviors, unnest($9::numeric[]) AS overall, unnest($10::numeric[]) AS engagement,
            unnest($11::numeric[]) AS progress, unnest($12::numeric[]) AS community, unnest($13::numeric[]) AS ltv,
            unnest($14::timestamptz[]) AS tag_since, unnest($15::timestamptz[]) AS last_activity_at,
            unnest($16::timestamptz[]) AS enrolled_at, unnest($17::timestamptz[]) AS due_at
    ) AS made
) AS n
LEFT JOIN customer_figures f USING (customer_id)
WHERE f.customer_id IS NULL
    OR (f.tag, f.tier, f.owner, f.name, f.indicators, f.risks, f.behaviors, f.ltv, f.tag_since, f.enrolled_at)
        IS DISTINCT FROM (n.tag, n.tier, n.owner, n.name, n.indicators, n.risks, n.behaviors, n.ltv, n.tag_since, n.enrolled_at)
ON CONFLICT (customer_id) DO UPDATE SET tag = excluded.tag, tier = excluded.tier, owner = excluded.owner, name = excluded.name,
    indicators = excluded.indicators, risks = excluded.risks, behaviors = excluded.behaviors, overall = excluded.overall, engagement = excluded.engagement,
    progress = excluded.progress, community = excluded.community, ltv = excluded.ltv, tag_since = excluded.tag_since,
    last_activity_at = excluded.last_activity_at, enrolled_at = excluded.enrolled_at, due_at = excluded.due_at
