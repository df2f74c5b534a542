-- Has the server read its settings again.
SELECT pg_reload_conf()
