-- The first and the last of those whose figures by week wait to be computed again, and whether anything of erased persons is to be taken off.
SELECT coalesce((SELECT min(id) FROM weekly_changed), 0), coalesce((SELECT max(id) FROM weekly_changed), 0), EXISTS (SELECT FROM weekly_removed)
