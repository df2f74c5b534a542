-- Of some customers, chosen by the pages that they are stored in: status and health score as of now, and in a time their tickets and the mean of their
-- answers to the NPS question.
SELECT f.tag, p.overall::double precision, count(*) FILTER (WHERE s.kind = 14),
    avg(s.value) FILTER (WHERE s.kind = 13 AND s.value IS NOT NULL)::double precision
FROM (SELECT customer_id, tag FROM customer_figures TABLESAMPLE SYSTEM ($1) REPEATABLE (38) LIMIT $2) AS f
JOIN customer_foresight p USING (customer_id)
LEFT JOIN customer_signals s ON s.customer_id = f.customer_id AND s.kind IN (13, 14) AND s.at >= $3 AND s.at < $4
GROUP BY f.customer_id, f.tag, p.overall
