-- As it was before; a pass makes the figures' own columns right again.
DO $$
DECLARE
    whole text := pg_get_functiondef('lstep_customers_fit'::regproc);
    change text[];
    changes text[] := ARRAY[
        ['WHEN ''overall'' THEN ''f.overall''', 'WHEN ''overall'' THEN ''f.health'''],
        ['CASE WHEN sorted = ''churn'' OR', 'CASE WHEN sorted IN (''churn'', ''overall'') OR'],
        ['(SELECT f.*, p.churn FROM', '(SELECT f.*, p.churn, p.overall AS health FROM']];
BEGIN
    FOREACH change SLICE 1 IN ARRAY changes LOOP
        IF strpos(whole, change[2]) = 0 THEN RAISE EXCEPTION 'lstep_customers_fit is not as it was made: %', change[2]; END IF;
        whole := replace(whole, change[2], change[1]);
    END LOOP;
    EXECUTE whole;
END $$;

ALTER TABLE customer_foresight DROP COLUMN overall, DROP COLUMN due_at;
ALTER TABLE customer_figures_progress DROP COLUMN scores_through;
UPDATE customer_figures_progress SET day = NULL, pass_day = NULL, cursor = '';
