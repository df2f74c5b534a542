-- A page of the ids of customers that fit, what each is sorted by, and how many fit.
SELECT ids, keys, total FROM lstep_customers_fit($1::jsonb, $2, $3, $4, $5, $6, $7, $8, $9)
