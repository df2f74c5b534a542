-- What a set in shadow last asked for where it differed, of some customers; who has a later one keeps it. Who was erased meanwhile is none of them: the lock waits
-- for an erasure under way.
INSERT INTO shadow_differences (customer_id, live_version, shadow_version, at, tag, live_action, live_to, shadow_action, shadow_to, times)
SELECT n.*
FROM unnest($1::text[], $2::integer[], $3::integer[], $4::timestamptz[], $5::text[], $6::smallint[], $7::text[], $8::smallint[], $9::text[], $10::bigint[])
    AS n (customer_id, live_version, shadow_version, at, tag, live_action, live_to, shadow_action, shadow_to, times)
JOIN customers c USING (customer_id)
ORDER BY customer_id
FOR KEY SHARE OF c
ON CONFLICT (customer_id) DO UPDATE SET
    times = excluded.times + CASE WHEN (shadow_differences.live_version, shadow_differences.shadow_version) = (excluded.live_version, excluded.shadow_version)
        THEN shadow_differences.times ELSE 0 END,
    live_version = excluded.live_version, shadow_version = excluded.shadow_version, at = excluded.at, tag = excluded.tag,
    live_action = excluded.live_action, live_to = excluded.live_to, shadow_action = excluded.shadow_action, shadow_to = excluded.shadow_to
