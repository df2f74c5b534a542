-- Customers by day and tag, and now under the day now.
SELECT day || ' ' || tag, customers::numeric FROM standing
UNION ALL
SELECT 'now ' || tag, count(*)::numeric FROM present GROUP BY tag
