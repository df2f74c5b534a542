-- Goals and baselines of KPIs as people set them. Null, or without a row: the default holds.
CREATE TABLE kpi_goals (
    name        text PRIMARY KEY,
    goal        double precision,        -- in the unit of the figure
    baseline    double precision,
    changed_at  timestamptz,
    changed_by  text
);
