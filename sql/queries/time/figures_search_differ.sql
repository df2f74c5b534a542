-- Of customers whose id, email and name are given those whose searched text differs, or is not there.
SELECT made.customer_id
FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[]) AS made (customer_id, email, name, written)
LEFT JOIN customer_search s USING (customer_id)
WHERE s.folded IS DISTINCT FROM
    lstep_fold(made.customer_id) || E'\n' || coalesce(lstep_fold(made.email), '') || E'\n' || coalesce(lstep_fold(made.name), '')
