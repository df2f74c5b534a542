-- Models, newest first, with when each was last put live.
SELECT m.number, m.card::text, m.made_by, l.at, l.who, l.reason
FROM prediction_models m
LEFT JOIN LATERAL (SELECT at, who, reason FROM prediction_lives WHERE number = m.number ORDER BY id DESC LIMIT 1) AS l ON true
ORDER BY m.number DESC
