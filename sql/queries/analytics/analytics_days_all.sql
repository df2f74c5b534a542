-- The figures of all days.
SELECT measure, day, tier, level, from_tag, to_tag, value, count FROM analytics_days
