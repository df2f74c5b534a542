-- The values of the eight most valuable customers at risk, by their place.
SELECT row_number() OVER (ORDER BY ltv_value DESC)::text, ltv_value FROM present JOIN starts USING (customer_id)
WHERE tag IN ('ST_004', 'ST_005') AND ltv_value > 0
ORDER BY ltv_value DESC
LIMIT 8
