-- Remembers how far the figures of customers trail the log and the ledger, and their pass.
UPDATE customer_figures_progress
SET through = $1, ledger = $2, day = $3, pass_day = $4, cursor = $5, model = $6, model_day = $7, model_through = $1, scores_through = $1, activity_through = $1
