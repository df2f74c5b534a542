-- How many people were erased.
SELECT count(*) FROM erasures
