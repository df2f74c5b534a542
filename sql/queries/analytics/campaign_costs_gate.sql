-- Of several people who set costs at once, one does it at a time.
LOCK TABLE campaign_costs IN SHARE ROW EXCLUSIVE MODE
