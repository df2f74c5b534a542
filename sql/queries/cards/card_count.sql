-- How many cards there are.
SELECT count(*) FROM cards
