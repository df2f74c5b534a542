-- The indexes of a table, those of its partitions together, the largest first: name and bytes.
SELECT coalesce(root.relname, own.relname), sum(pg_relation_size(i.indexrelid))::bigint
FROM (SELECT relid FROM pg_partition_tree($1::text::regclass) WHERE isleaf UNION SELECT $1::text::regclass) AS parts
JOIN pg_index i ON i.indrelid = parts.relid
JOIN pg_class own ON own.oid = i.indexrelid
LEFT JOIN pg_class root ON root.oid = pg_partition_root(i.indexrelid)
GROUP BY 1
ORDER BY 2 DESC
