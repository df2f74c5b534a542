CREATE INDEX customers_search ON customers (left(lower(email), 500) text_pattern_ops);

DROP FUNCTION lstep_fold;
