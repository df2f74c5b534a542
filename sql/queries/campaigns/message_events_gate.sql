-- Until the end of the transaction nobody else counts a click of this action.
SELECT pg_advisory_xact_lock(hashtextextended('click of message ' || $1::bigint::text, 0))
