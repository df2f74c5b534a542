-- Has some customers computed afresh once more.
INSERT INTO analytics_changed (customer_id) SELECT unnest($1::text[])
