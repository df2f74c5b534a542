-- How far the figures of customers trail the log and the ledger, and their pass of the business day, locked, after whoever is at it.
SELECT through, ledger, day, pass_day, cursor, server, model, model_day, model_through, scores_through, activity_through FROM customer_figures_progress FOR UPDATE
