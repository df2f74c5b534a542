-- Beside the exact values of a measure of which medians are told, their counts by range: up to 63 each value by itself, above 32 ranges to a power of two.
INSERT INTO analytics_days (measure, day, tier, level, from_tag, to_tag, value, count)
SELECT measure || '_bucket', day, '', '', '', '', (value >> shift) << shift, sum(count)
FROM analytics_days
CROSS JOIN LATERAL (SELECT greatest(0, length(ltrim(value::bit(32)::text, '0')) - 6) AS shift) AS s
WHERE measure IN ('velocity', 'detection', 'review_approved', 'review_rejected')
GROUP BY measure, day, (value >> shift) << shift
ON CONFLICT (measure, day, tier, level, from_tag, to_tag, value) DO NOTHING;

CREATE INDEX analytics_days_values ON analytics_days (measure, day, value);
