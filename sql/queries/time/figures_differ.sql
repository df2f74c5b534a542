-- Of customers whose figures are given those whose stored ones differ, or are not there.
SELECT n.customer_id
FROM (
    SELECT customer_id, tag, tier, owner COLLATE "C" AS owner, coalesce(left(lstep_fold(left(name, 100)), 100), '') COLLATE "C" AS name, indicators, risks::smallint, behaviors, overall, engagement,
        progress, community, ltv, tag_since, last_activity_at, enrolled_at, due_at
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::integer[], $7::integer[], $8::integer[], $9::numeric[], $10::numeric[],
        $11::numeric[], $12::numeric[], $13::numeric[], $14::timestamptz[], $15::timestamptz[], $16::timestamptz[], $17::timestamptz[]) AS made (customer_id, tag,
            tier, owner, name, indicators, risks, behaviors, overall, engagement, progress, community, ltv, tag_since, last_activity_at, enrolled_at, due_at)
) AS n
LEFT JOIN customer_figures f USING (customer_id)
WHERE f.customer_id IS NULL
    OR (f.tag, f.tier, f.owner, f.name, f.indicators, f.risks, f.behaviors, f.ltv, f.tag_since, f.enrolled_at)
        IS DISTINCT FROM (n.tag, n.tier, n.owner, n.name, n.indicators, n.risks, n.behaviors, n.ltv, n.tag_since, n.enrolled_at)
