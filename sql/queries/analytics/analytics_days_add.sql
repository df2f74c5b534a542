-- Adds to the figures of days.
INSERT INTO analytics_days AS d (measure, day, tier, level, from_tag, to_tag, value, count)
SELECT * FROM unnest($1::text[], $2::date[], $3::text[], $4::text[], $5::text[], $6::text[], $7::integer[], $8::bigint[])
ON CONFLICT (measure, day, tier, level, from_tag, to_tag, value) DO UPDATE SET count = d.count + excluded.count
