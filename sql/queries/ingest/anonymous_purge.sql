-- Forgets events whose sender never became known.
DELETE FROM anonymous_activities kept
WHERE received_at < $1 AND NOT EXISTS (SELECT FROM anonymous_identities tie WHERE tie.anonymous_id = kept.anonymous_id);
