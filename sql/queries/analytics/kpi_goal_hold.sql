-- Makes sure that there is a row for a figure, which can be locked.
INSERT INTO kpi_goals (name) VALUES ($1) ON CONFLICT (name) DO NOTHING
