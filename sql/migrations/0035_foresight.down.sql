-- As it was before.
DO $$
DECLARE
    whole text := pg_get_functiondef('lstep_customers_fit'::regproc);
    change text[];
    changes text[] := ARRAY[
        ['WHEN ''risk'' THEN ''f.risks'' END;', 'WHEN ''risk'' THEN ''f.risks''
        WHEN ''churn'' THEN ''coalesce(f.churn, ''''-1'''')'' END;'],
        ['WHEN ''risk'' THEN ''smallint'' ELSE', 'WHEN ''risk'' THEN ''smallint'' WHEN ''churn'' THEN ''real'' ELSE'],
        ['source text := ''customer_figures f'';', 'base text := CASE WHEN sorted = ''churn'' OR asked ? ''minChurn'' OR asked ? ''maxChurn''
        THEN ''(SELECT f.*, p.churn FROM customer_figures f JOIN customer_foresight p USING (customer_id))'' ELSE ''customer_figures'' END;
    source text := base || '' f'';'],
        ['|| coalesce('' AND f.enrolled_at >= ''', '|| coalesce('' AND f.churn IS NOT NULL AND coalesce(f.churn, ''''-1'''') >= '' || quote_literal(asked ->> ''minChurn''), '''')
        || coalesce('' AND f.churn IS NOT NULL AND coalesce(f.churn, ''''-1'''') <= '' || quote_literal(asked ->> ''maxChurn''), '''')
        || coalesce('' AND f.enrolled_at >= '''],
        ['FROM (SELECT * FROM customer_figures f WHERE', 'FROM (SELECT * FROM %8$s f WHERE'],
        ['substr(source, 18)', 'substr(source, length(base) + 2)'],
        ['20000 ELSE 3000 END)', '20000 ELSE 3000 END, base)']];
BEGIN
    FOREACH change SLICE 1 IN ARRAY changes LOOP
        IF strpos(whole, change[2]) = 0 THEN RAISE EXCEPTION 'lstep_customers_fit is not as it was made: %', change[2]; END IF;
        whole := replace(whole, change[2], change[1]);
    END LOOP;
    EXECUTE whole;
END $$;

ALTER TABLE customer_figures_progress DROP COLUMN model, DROP COLUMN model_day, DROP COLUMN model_through;
DROP TABLE customer_foresight;
