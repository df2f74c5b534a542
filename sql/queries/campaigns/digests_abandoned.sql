-- Ends the digests of processes that died over them: nobody knows whether they went out, and none is sent twice.
UPDATE digests
SET status = 'uncertain', lease_until = NULL, reason = 'The process that sent it ended before it knew what became of it.'
WHERE status = 'sending' AND lease_until < now()
