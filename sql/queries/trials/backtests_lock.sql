-- Of several who open a backtest at once, one does it at a time.
LOCK TABLE backtests IN SHARE ROW EXCLUSIVE MODE
