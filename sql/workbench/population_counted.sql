-- Whether the figures have come to the end of the ledger, and the list to everybody.
SELECT p.ledger >= (SELECT coalesce(max(id), 0) FROM customer_status_assignments)
    AND (SELECT count(*) FROM customer_figures) >= (SELECT count(*) FROM customer_states)
FROM analytics_progress p
