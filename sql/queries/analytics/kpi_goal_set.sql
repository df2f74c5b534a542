-- Sets goal and baseline of a figure.
UPDATE kpi_goals SET goal = $2, baseline = $3, changed_at = now(), changed_by = $4 WHERE name = $1 RETURNING changed_at
