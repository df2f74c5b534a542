-- From the next transaction on nobody may write.
ALTER SYSTEM SET default_transaction_read_only = on
