-- Anonymous ids behind another that were tied while events were kept that still wait: what a crash between tie and forwarding left behind.
SELECT DISTINCT anonymous_id
FROM anonymous_activities kept
JOIN anonymous_identities tie USING (anonymous_id)
WHERE anonymous_id > $1 AND kept.received_at >= tie.tied_at - make_interval(hours => $2)
ORDER BY anonymous_id
LIMIT $3;
