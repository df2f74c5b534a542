-- Every action: its key, channel, status and reason, and whether it is due up to an instant.
SELECT send_key, channel, status, reason, coalesce(due_at <= $1, false) FROM campaign_actions
