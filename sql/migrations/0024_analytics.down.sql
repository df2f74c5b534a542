DROP TRIGGER analytics_erased ON erasures;
DROP TRIGGER analytics_decided ON reviews;
DROP TRIGGER analytics_opened ON reviews;
DROP TRIGGER analytics_changed ON customers;
DROP TABLE analytics_removed, analytics_changed, analytics_progress, analytics_customers, analytics_days;
DROP FUNCTION lstep_analytics_erased();
DROP FUNCTION lstep_analytics_removed();
DROP FUNCTION lstep_analytics_changed();
