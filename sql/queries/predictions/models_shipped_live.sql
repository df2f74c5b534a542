-- When the model that comes with the product was last put live.
SELECT at, who, reason FROM prediction_lives WHERE number = 0 ORDER BY id DESC LIMIT 1
