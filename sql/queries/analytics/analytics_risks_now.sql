-- Customers by the indicators that they bear.
SELECT indicators, count(*) FROM customer_figures GROUP BY indicators
