-- What the frequency cap counts of some customers since an instant.
SELECT customer_id, coalesce(sent_at, sending_since)
FROM campaign_actions
WHERE customer_id = ANY ($1) AND kind = 1 AND status IN (2, 3, 7) AND channel IN (0, 1, 3) AND coalesce(sent_at, sending_since) > $2
