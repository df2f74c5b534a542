-- Until the end of the transaction nobody else counts a campaign.
SELECT true FROM (SELECT pg_advisory_xact_lock(5020260038, hashtext($1))) AS held
