-- Nobody reads or writes the states of customers until the transaction ends.
LOCK TABLE customer_states IN ACCESS EXCLUSIVE MODE
