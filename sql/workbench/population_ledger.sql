-- Five rows of the ledger for each of them, 5 to 19 days and some minutes apart, each found within the hour, along six ways through the tags; ids ascend with the time.
INSERT INTO customer_status_assignments (customer_id, number, tag, previous_tag, at, due_at, rule_id, rule, rule_set_version, confidence, assigned_by, kind,
    reason, is_current, valid_until)
SELECT c.customer_id, k, way[k], way[k - 1], due + (hashint4(n + k) & 63) * interval '1 minute', due, nullif(k, 1), CASE WHEN k > 1 THEN 'rule ' || k END, 1, 0.9,
    CASE WHEN k > 1 AND n % 50 = 0 THEN 'manual:somebody' ELSE 'system' END, CASE WHEN k = 1 THEN 0 WHEN n % 50 = 0 THEN 5 ELSE 1 END,
    'as measured', k = 5, CASE WHEN k < 5 THEN due + apart END
FROM (
    SELECT customer_id, enrolled_at, n, make_interval(days => 5 + n % 15, mins => hashint4(n) & 1023) AS apart, (ARRAY[
        'ST_001', 'ST_002', 'ST_004', 'ST_001', 'ST_003', 'ST_001', 'ST_002', 'ST_004', 'ST_001', 'ST_002', 'ST_001', 'ST_004', 'ST_005', 'ST_001', 'ST_002',
        'ST_001', 'ST_004', 'ST_005', 'ST_001', 'ST_004', 'ST_001', 'ST_002', 'ST_003', 'ST_004', 'ST_005', 'ST_001', 'ST_004', 'ST_001', 'ST_004', 'ST_006'
    ])[1 + n % 6 * 5 : 5 + n % 6 * 5] AS way
    FROM customers
    CROSS JOIN LATERAL (SELECT substring(customer_id FROM 5)::int AS n) AS numbered
    WHERE customer_id LIKE 'pop-%'
) AS c
CROSS JOIN generate_series(1, 5) AS k
CROSS JOIN LATERAL (SELECT enrolled_at + (k - 1) * apart AS due) AS d
ORDER BY due, customer_id
