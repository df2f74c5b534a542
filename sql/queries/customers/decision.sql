-- One stored decision of a customer.
SELECT at, record::text FROM decisions WHERE customer_id = $1 AND number = $2
