-- Empties what of others' rows mentions a person.
SELECT store, rows, why FROM lstep_erase_mentions($1, $2, $3, $4)
