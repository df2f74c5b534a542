-- Removes those of some figures that have come to nothing.
DELETE FROM analytics_days d
USING unnest($1::text[], $2::date[], $3::text[], $4::text[], $5::text[], $6::text[], $7::integer[], $8::bigint[])
    AS n (measure, day, tier, level, from_tag, to_tag, value, count)
WHERE d.count = 0 AND (d.measure, d.day, d.tier, d.level, d.from_tag, d.to_tag, d.value)
    = (n.measure, n.day, n.tier, n.level, n.from_tag, n.to_tag, n.value)
