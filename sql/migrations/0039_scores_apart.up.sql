-- What the passing of time changes for a great part of everybody each day stands apart, beside the predictions: a row of figures has a dozen indexes, and each of
-- them was written anew for a score that fell a little. The figures keep columns of the same names for the version before, which sorts by them; they are as of when
-- the row was last written.
ALTER TABLE customer_foresight
    ADD COLUMN overall numeric(6,3) NOT NULL DEFAULT 0,  -- the health score
    ADD COLUMN due_at timestamptz;                       -- when time alone changes the figures next
UPDATE customer_foresight p SET overall = f.overall, due_at = f.due_at FROM customer_figures f WHERE f.customer_id = p.customer_id;
CREATE INDEX customer_foresight_overall ON customer_foresight (overall, customer_id);
CREATE INDEX customer_foresight_due ON customer_foresight (due_at) WHERE due_at IS NOT NULL;

-- Where the version before, which does not write these, has come further, everybody is looked at once more.
ALTER TABLE customer_figures_progress ADD COLUMN scores_through xid8;
UPDATE customer_figures_progress SET scores_through = through;

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
        IF strpos(whole, change[1]) = 0 THEN RAISE EXCEPTION 'lstep_customers_fit is not as it was made: %', change[1]; END IF;
        whole := replace(whole, change[1], change[2]);
    END LOOP;
    EXECUTE whole;
END $$;
