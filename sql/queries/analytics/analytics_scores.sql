-- The sum of some customers' daily engagement scores over as many days from their start.
SELECT d.customer_id, sum(d.engagement_score)
FROM unnest($1::text[], $2::date[]) AS n (customer_id, first)
JOIN daily_learning_metrics d ON d.customer_id = n.customer_id AND d.date >= n.first AND d.date < n.first + $3
GROUP BY d.customer_id
