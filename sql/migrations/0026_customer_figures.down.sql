DROP FUNCTION lstep_customers_fit(jsonb, text, text, text, boolean, text, text, integer, bigint);
DROP TABLE analytics_risk_days;
DROP TABLE customer_figures_progress;
DROP TABLE customer_search;
DROP TABLE customer_figures;
DROP FUNCTION lstep_grams(text);
DROP FUNCTION lstep_facets(integer, integer);
