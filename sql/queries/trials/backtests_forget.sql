-- Forgets the finished backtests that so many newer ones came after.
DELETE FROM backtests
WHERE finished_at IS NOT NULL AND id IN (SELECT id FROM backtests ORDER BY started_at DESC, id DESC OFFSET $1)
