-- As the server does by itself within minutes of a great many new rows.
VACUUM (ANALYZE)
