-- How many customers are enrolled since before an instant, counted to a bound.
SELECT count(*) FROM (SELECT FROM customer_figures WHERE enrolled_at < $1 LIMIT $2) AS known
