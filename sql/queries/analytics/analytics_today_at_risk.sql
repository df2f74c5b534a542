-- Customers at risk and their value, and of them those who came there since an instant: of one owner, or of everybody.
SELECT tag, count(*), coalesce(sum(ltv), 0), count(*) FILTER (WHERE tag_since >= $2), coalesce(sum(ltv) FILTER (WHERE tag_since >= $2), 0)
FROM customer_figures
WHERE tag IN ('ST_004', 'ST_005') AND ($1::text IS NULL OR owner = $1)
GROUP BY tag
