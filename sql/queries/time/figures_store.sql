-- Figures of customers, made or made again; those that are the same are not written, and the scores that are kept apart do not count.
INSERT INTO customer_figures (customer_id, tag, tier, owner, name, indicators, risks, behaviors, overall, engagement, progress, community, ltv, tag_since,
    last_activity_at, enrolled_at, due_at)
SELECT n.*
FROM (
    SELECT customer_id, tag, tier, owner COLLATE "C" AS owner, coalesce(left(lstep_fold(left(name, 100)), 100), '') COLLATE "C" AS name, indicators, risks::smallint, behaviors, overall, engagement,
        progress, community, ltv, tag_since, last_activity_at, enrolled_at, due_at
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::integer[], $7::integer[], $8::integer[], $9::numeric[], $10::numeric[],
        $11::numeric[], $12::numeric[], $13::numeric[], $14::timestamptz[], $15::timestamptz[], $16::timestamptz[], $17::timestamptz[]) AS made (customer_id, tag,
            tier, owner, name, indicators, risks, behaviors, overall, engagement, progress, community, ltv, tag_since, last_activity_at, enrolled_at, due_at)
) AS n
LEFT JOIN customer_figures f USING (customer_id)
WHERE f.customer_id IS NULL
    OR (f.tag, f.tier, f.owner, f.name, f.indicators, f.risks, f.behaviors, f.ltv, f.tag_since, f.last_activity_at, f.enrolled_at)
        IS DISTINCT FROM (n.tag, n.tier, n.owner, n.name, n.indicators, n.risks, n.behaviors, n.ltv, n.tag_since, n.last_activity_at, n.enrolled_at)
ON CONFLICT (customer_id) DO UPDATE SET tag = excluded.tag, tier = excluded.tier, owner = excluded.owner, name = excluded.name,
    indicators = excluded.indicators, risks = excluded.risks, behaviors = excluded.behaviors, overall = excluded.overall, engagement = excluded.engagement,
    progress = excluded.progress, community = excluded.community, ltv = excluded.ltv, tag_since = excluded.tag_since,
    last_activity_at = excluded.last_activity_at, enrolled_at = excluded.enrolled_at, due_at = excluded.due_at
