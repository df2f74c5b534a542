-- What the copies of a learner take from its rows, by the learner's number: of the log its 10 newest entries, of the daily rows those of the last 30 days,
-- everything else whole. A review's id follows from the customer and the review's number, which is found again here.
CREATE UNLOGGED TABLE sown_customers AS SELECT substring(customer_id FROM 5)::integer AS learner, * FROM customers;
CREATE UNLOGGED TABLE sown_log AS
SELECT substring(customer_id FROM 5)::integer AS learner, *
FROM (SELECT *, row_number() OVER (PARTITION BY customer_id ORDER BY version DESC, sequence DESC) AS place FROM activities) AS a
WHERE place <= 10;
CREATE UNLOGGED TABLE sown_ledger AS SELECT substring(customer_id FROM 5)::integer AS learner, * FROM customer_status_assignments;
CREATE UNLOGGED TABLE sown_decisions AS SELECT substring(customer_id FROM 5)::integer AS learner, * FROM decisions;
CREATE UNLOGGED TABLE sown_reviews AS
SELECT substring(customer_id FROM 5)::integer AS learner, r.*, (
    SELECT k FROM generate_series(1, 1000) AS k
    WHERE encode(substring(sha256(convert_to(r.customer_id || E'\n' || k, 'UTF8')) FOR 16), 'hex')::uuid = r.id) AS review_number
FROM reviews r;
CREATE UNLOGGED TABLE sown_daily AS
SELECT substring(customer_id FROM 5)::integer AS learner, *
FROM daily_learning_metrics
WHERE date > (SELECT max(occurred_at) FROM activities)::date - 30;
CREATE UNLOGGED TABLE sown_starts AS SELECT substring(customer_id FROM 5)::integer AS learner, * FROM daily_metrics_starts;
CREATE INDEX sown_customers_learner ON sown_customers (learner);
CREATE INDEX sown_log_learner ON sown_log (learner, version, sequence);
CREATE INDEX sown_ledger_learner ON sown_ledger (learner, number);
CREATE INDEX sown_decisions_learner ON sown_decisions (learner, number);
CREATE INDEX sown_reviews_learner ON sown_reviews (learner, change_id);
CREATE INDEX sown_daily_learner ON sown_daily (learner, date);
CREATE INDEX sown_starts_learner ON sown_starts (learner);
ANALYZE sown_customers, sown_log, sown_ledger, sown_decisions, sown_reviews, sown_daily, sown_starts
