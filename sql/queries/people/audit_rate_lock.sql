-- Until the end of the transaction nobody else asks whether there is room for a change of this kind.
SELECT pg_advisory_xact_lock(hashtextextended('rate of ' || $1::text, 0))
