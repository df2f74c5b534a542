-- As it was before.
DO $$
DECLARE
    after text := 'chosen := fits || format('' AND %s AND lstep_grams(s.folded) @> %L'', found, lstep_grams(left(lstep_fold(part), 6)));';
    before text := 'chosen := fits || format('' AND lstep_grams(s.folded) @> %L AND s.folded || '''''''' LIKE %L'', lstep_grams(left(lstep_fold(part), 6)), lstep_fold(searched));';
    whole text := pg_get_functiondef('lstep_customers_fit'::regproc);
BEGIN
    IF strpos(whole, before) = 0 THEN RAISE EXCEPTION 'lstep_customers_fit is not as it was made'; END IF;
    EXECUTE replace(whole, before, after);
END $$;
