-- Ends the commit when one of its new customers was erased.
SELECT lstep_not_erased($1::bytea[])
