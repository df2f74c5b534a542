-- What the list of customers shows, filters and sorts by of predictions. Apart from the figures: a prediction changes for nearly everybody with each business day,
-- and the figures have many indexes; and the version before compares whole rows of them, which another column would break.
CREATE TABLE customer_foresight (
    customer_id   text PRIMARY KEY,
    churn         real,    -- of no learner activity in the next 14 days; null where nothing is predicted
    churn_model   integer  -- which model says so
) WITH (fillfactor = 80);
CREATE INDEX customer_foresight_churn ON customer_foresight ((coalesce(churn, '-1')), customer_id);

-- A pass makes predictions too. The version before neither makes them nor touches these: where it has come further, everybody is looked at once more.
ALTER TABLE customer_figures_progress
    ADD COLUMN model integer,        -- that of the pass under way, or of the last one
    ADD COLUMN model_day date,       -- the last business day whose pass with that model is over
    ADD COLUMN model_through xid8;   -- how far the log has been followed with it

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
        IF strpos(whole, change[1]) = 0 THEN RAISE EXCEPTION 'lstep_customers_fit is not as it was made: %', change[1]; END IF;
        whole := replace(whole, change[1], change[2]);
    END LOOP;
    EXECUTE whole;
END $$;
