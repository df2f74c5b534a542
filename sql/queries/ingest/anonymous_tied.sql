-- Anonymous ids that are tied and still have events waiting: what a crash between tie and forwarding left behind.
SELECT DISTINCT anonymous_id
FROM anonymous_activities
JOIN anonymous_identities USING (anonymous_id)
LIMIT $1;
