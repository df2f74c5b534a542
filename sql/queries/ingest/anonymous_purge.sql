-- Forgets events that were kept long enough without a tie; one that was tied in time waits until its customer's log has it.
DELETE FROM anonymous_activities kept
WHERE received_at < $1 AND NOT EXISTS (
    SELECT FROM anonymous_identities tie
    WHERE tie.anonymous_id = kept.anonymous_id AND kept.received_at >= tie.tied_at - make_interval(hours => $2));
