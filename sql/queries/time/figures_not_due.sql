-- Some whose figures could not be made are not due any more.
UPDATE customer_foresight SET due_at = NULL WHERE customer_id = ANY ($1) AND due_at <= $2
