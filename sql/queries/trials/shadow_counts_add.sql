-- Adds what was compared since the last time.
INSERT INTO shadow_counts (live_version, shadow_version, live_action, live_to, shadow_action, shadow_to, count)
SELECT * FROM unnest($1::integer[], $2::integer[], $3::smallint[], $4::text[], $5::smallint[], $6::text[], $7::bigint[])
ORDER BY 1, 2, 3, 4, 5, 6
ON CONFLICT (live_version, shadow_version, live_action, live_to, shadow_action, shadow_to) DO UPDATE SET count = shadow_counts.count + excluded.count
