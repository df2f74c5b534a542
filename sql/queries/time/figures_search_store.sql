-- What is searched of customers: of those without a row, and of those whose profile was written, where it differs.
INSERT INTO customer_search (customer_id, folded)
SELECT n.customer_id, n.folded
FROM (
    SELECT made.customer_id, lstep_fold(made.customer_id) || E'\n' || coalesce(lstep_fold(made.email), '') || E'\n' || coalesce(lstep_fold(made.name), '') AS folded
    FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[]) AS made (customer_id, email, name, written)
    LEFT JOIN customer_search s USING (customer_id)
    WHERE made.written OR s.customer_id IS NULL
) AS n
LEFT JOIN customer_search s USING (customer_id)
WHERE s.customer_id IS NULL OR s.folded <> n.folded
ON CONFLICT (customer_id) DO UPDATE SET folded = excluded.folded
