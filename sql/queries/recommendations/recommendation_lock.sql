-- One of them, kept from others until the end of the transaction.
SELECT kind, subject, dismissed_until FROM recommendations WHERE id = $1 AND stands FOR UPDATE
