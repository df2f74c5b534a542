-- Until the end of the transaction nobody else counts a campaign.
SELECT true FROM (SELECT pg_advisory_xact_lock(hashtextextended($1, 5020260038))) AS held
