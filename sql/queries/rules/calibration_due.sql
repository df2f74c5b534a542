-- Takes a business day's calibration in hand; no row where it was computed before. Others who come wait until this one has committed.
INSERT INTO settings (name, value) VALUES ('calibrated_through', $1)
ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE settings.value < excluded.value
RETURNING 1
