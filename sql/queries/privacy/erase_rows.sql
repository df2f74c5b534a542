-- Removes a person's rows, and puts the alias where they are needed.
SELECT store, rows, why FROM lstep_erase_rows($1, $2, $3, $4)
