-- As the server does by itself soon after.
ANALYZE campaign_actions
