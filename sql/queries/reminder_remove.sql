-- Takes a reminder away, if it is still the one that was read.
DELETE FROM grain_reminders
WHERE grain_type = $1 AND grain_key = $2 AND name = $3 AND etag = $4
