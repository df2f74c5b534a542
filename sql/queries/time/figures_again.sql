-- The figures of everybody are made once more.
UPDATE customer_figures_progress SET day = NULL, pass_day = NULL, cursor = ''
