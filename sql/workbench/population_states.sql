-- Their states, each with the last tag of its way; windows and scores are those of the customer that is copied. Nothing falls due before a month is over.
INSERT INTO customer_states (customer_id, shard, version, tag, tag_since, next_check_at, state)
SELECT a.customer_id, abs(hashtext(a.customer_id)) % 64, 1, a.tag, a.due_at, now() + interval '30 days' + random() * interval '30 days', s.state
FROM customer_status_assignments a
CROSS JOIN (SELECT state FROM customer_states WHERE customer_id = $1) AS s
WHERE a.is_current AND a.customer_id LIKE 'pop-%'
