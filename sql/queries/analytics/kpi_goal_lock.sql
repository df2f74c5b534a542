-- What is set for a figure, held until the transaction that changes it ends.
SELECT goal, baseline FROM kpi_goals WHERE name = $1 FOR UPDATE
