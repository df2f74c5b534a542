DROP TABLE kpi_goals;
