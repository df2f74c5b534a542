-- What sends and incentives cost.
SELECT kind, name, amount FROM campaign_costs ORDER BY kind, name
