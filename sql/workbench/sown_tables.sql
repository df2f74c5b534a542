-- Every table of a megabyte or more, the largest first, its partitions together: its rows as analysed, the bytes of rows and TOAST, those of all indexes.
SELECT t.relname, sum(greatest(l.reltuples, 0))::bigint, sum(pg_table_size(l.oid))::bigint, sum(pg_indexes_size(l.oid))::bigint
FROM pg_class t
CROSS JOIN LATERAL (SELECT relid FROM pg_partition_tree(t.oid) WHERE isleaf UNION SELECT t.oid::regclass WHERE t.relkind = 'r') AS parts
JOIN pg_class l ON l.oid = parts.relid
WHERE t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'p') AND NOT t.relispartition
GROUP BY t.relname
HAVING sum(pg_total_relation_size(l.oid)) >= 1048576
ORDER BY sum(pg_total_relation_size(l.oid)) DESC
