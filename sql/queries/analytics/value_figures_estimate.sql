-- About how many customers there are, from what the planner knows; -1 where it knows nothing yet.
SELECT greatest(reltuples, -1)::bigint FROM pg_class WHERE oid = 'customer_figures'::regclass
