-- Takes the indexes away that are no constraint's, and remembers them: rows are put in faster than into indexes one by one.
CREATE UNLOGGED TABLE sown_dropped AS
SELECT c.relname AS name, replace(pg_get_indexdef(c.oid), ' ON ONLY ', ' ON ') AS definition
FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_class t ON t.oid = i.indrelid
WHERE t.relnamespace = 'public'::regnamespace AND NOT t.relispartition
    AND t.relname IN ('activities', 'customers', 'customer_states', 'customer_status_assignments', 'reviews')
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid);
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT * FROM sown_dropped LOOP EXECUTE format('DROP INDEX %I', one.name); END LOOP;
END $$
