-- What people have set for figures.
SELECT name, goal, baseline FROM kpi_goals WHERE goal IS NOT NULL OR baseline IS NOT NULL
