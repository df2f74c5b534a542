-- Tables with rows of customers.
SELECT store FROM lstep_customer_tables()
