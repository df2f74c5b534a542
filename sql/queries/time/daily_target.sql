-- Everything committed by now has a smaller transaction id.
SELECT pg_snapshot_xmax(pg_current_snapshot())
