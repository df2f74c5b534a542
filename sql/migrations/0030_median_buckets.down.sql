DROP INDEX analytics_days_values;
DELETE FROM analytics_days WHERE measure LIKE '%\_bucket';
