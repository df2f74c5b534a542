-- Whether the states of all customers are known to be stored in a format.
SELECT EXISTS (SELECT FROM settings WHERE name = 'states_format' AND value = $1)
