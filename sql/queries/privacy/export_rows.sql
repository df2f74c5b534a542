-- A customer's rows of one table, a JSON object each.
SELECT lstep_export($1, $2)
