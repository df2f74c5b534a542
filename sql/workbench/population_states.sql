-- Their states, each with the last tag of its way; windows and scores are those of a sample with this tag. Nothing falls due before a month is over.
INSERT INTO customer_states (customer_id, shard, version, tag, tag_since, next_check_at, state)
SELECT a.customer_id, abs(hashtext(a.customer_id)) % 64, 1, a.tag, a.due_at, now() + interval '30 days' + random() * interval '30 days', s.state
FROM customer_status_assignments a
CROSS JOIN LATERAL (SELECT substring(a.customer_id FROM 5)::int AS n, right(a.tag, 1)::int - 1 AS tag_number) AS numbered
JOIN customer_states s ON s.customer_id = 'bench-' || lpad((tag_number + $1 * (n / 7 % $2))::text, 6, '0')
WHERE a.is_current AND a.customer_id LIKE 'pop-%'
