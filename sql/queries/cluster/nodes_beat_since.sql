-- Whether any process said since an instant that it is there.
SELECT EXISTS (SELECT FROM nodes WHERE seen_at > $1)
