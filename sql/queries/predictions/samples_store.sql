-- What was said of some customers at the change of a day.
INSERT INTO prediction_samples (customer_id, day, model, probability, features)
SELECT made.customer_id, $1, $2, made.probability, made.features
FROM unnest($3::text[], $4::real[], $5::bytea[]) AS made (customer_id, probability, features)
ON CONFLICT DO NOTHING
